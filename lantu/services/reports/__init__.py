"""Reports: what was said about the plan, on which figures, and what has changed since?"""
