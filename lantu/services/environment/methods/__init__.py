"""Methods: which rules does this service compute with?"""
