"""Projects: what is being built, and is it on time?"""
