"""Appraisal: was a policy thought through before it came, and what did it bring afterwards?"""
