"""Supervision: what is late and why, who was warned, and what was done about it?"""
