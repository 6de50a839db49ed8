"""Hours: which hourly values count, and what do they make of a day?"""
