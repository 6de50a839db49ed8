"""The pages of notices: what a person chooses, and what the public subscribes to."""
