"""Pages: how do things look, whatever they are about?"""
