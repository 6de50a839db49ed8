"""Clocks: deadlines in working days of China, suspensions, and how late something is."""
