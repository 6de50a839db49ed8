"""Documents: what does a file of any kind say, as one plain text that the reader understands?"""
