"""Environment: how clean are air and water, and how much energy does output cost?"""
