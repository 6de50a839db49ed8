"""Remembers: nine blocks of one shape. A block imports only the blocks written above it."""
