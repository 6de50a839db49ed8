"""Documents: which papers does the zone rest on?"""
