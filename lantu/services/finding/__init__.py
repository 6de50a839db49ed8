"""Finding: where is the thing that a person has only a part of the name of?"""
