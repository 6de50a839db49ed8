"""Plan: how do the promises of the plan stand, and why?"""
