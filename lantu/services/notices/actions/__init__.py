"""Every write of this service: composing, sending, choosing."""
