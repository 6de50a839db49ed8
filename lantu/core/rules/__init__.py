"""Rules: how does a published method turn figures into a result?"""
