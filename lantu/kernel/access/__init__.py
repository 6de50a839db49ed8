"""Access: who may do what in which zone, and who did what when?"""
