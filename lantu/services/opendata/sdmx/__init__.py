"""The zone's figures as SDMX 3.0: structures, keys, and the forms in which data are sent."""
