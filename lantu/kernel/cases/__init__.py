"""Cases: which matters are open, who acts next, and by when?"""
