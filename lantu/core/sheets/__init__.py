"""Sheets: what do the rows of a spreadsheet say, and what became of each?"""
