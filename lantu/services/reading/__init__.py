"""Reading desk: what does a plan document promise, and is what the reader proposes right?"""
