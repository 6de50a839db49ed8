"""Warning: how far a late promise or a late paper has climbed the ladder of warnings."""
