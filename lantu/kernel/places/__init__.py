"""Places: in which area does a zone lie, what is its outline, and since when?"""
