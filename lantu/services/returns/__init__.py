"""Returns: which figures does each department owe, and has it sent them?"""
