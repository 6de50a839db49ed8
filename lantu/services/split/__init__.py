"""Split: who takes over what of each target, in which year, and does it add up?"""
