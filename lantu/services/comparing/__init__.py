"""What differs between two days, and between zones?"""
