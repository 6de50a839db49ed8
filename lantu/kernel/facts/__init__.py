"""Facts: what was published or reported, by whom, and when was it known?"""
