"""Places: in which area does a zone lie, and since when?"""
