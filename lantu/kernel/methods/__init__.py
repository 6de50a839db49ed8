"""Methods: which rule gave a result, from which inputs and parameters, and when?"""
