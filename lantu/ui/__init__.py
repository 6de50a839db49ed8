"""Draws: pages, components, charts and styles. No domain."""
