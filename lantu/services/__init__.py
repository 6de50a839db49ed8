"""Know: one folder a service of the zone, all alike, none importing another."""
