"""Assessing: what did a department earn in a year, line by line, by which dated rule?"""
