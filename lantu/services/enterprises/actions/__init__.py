"""The acts of this service; each module holds the acts on one kind of record."""
