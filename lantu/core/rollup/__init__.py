"""Rolling up: what do units come to together, area by area and month by month to the year?"""
