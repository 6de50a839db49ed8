"""Filters of this service's pages."""
