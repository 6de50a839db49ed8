"""Assessment: what did each department earn in a year, by which rule, and who appealed?"""
