"""Registry: who and what do the figures speak of?"""
