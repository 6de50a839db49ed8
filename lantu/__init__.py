"""Lantu: is the plan kept?"""

__version__ = "0.1.0"
