"""Flows: the states of a case, the acts between them, and who may do which."""
