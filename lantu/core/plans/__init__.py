"""Plans: what does a plan promise, and is its folder in order?"""
