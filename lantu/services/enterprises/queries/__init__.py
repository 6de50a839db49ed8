"""The reads of this service; each module holds those of one kind of page."""
