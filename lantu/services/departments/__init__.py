"""What does each department answer for, how does it stand, and what is due next?"""
