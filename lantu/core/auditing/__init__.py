"""Auditing: does what a plan states agree with itself?"""
