"""Reading: which promises does a document make, and where?"""
