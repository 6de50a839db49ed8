"""The catalogue of data sets as DCAT, as schema.org, and as CKAN tells it."""
