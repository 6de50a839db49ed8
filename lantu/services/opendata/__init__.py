"""Open data: what does the zone know, in the forms that other machines read?"""
