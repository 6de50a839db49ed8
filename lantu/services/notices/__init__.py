"""Notices: who is told of what is due, late or changed, and was it sent?"""
