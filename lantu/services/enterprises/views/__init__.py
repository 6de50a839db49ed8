"""The pages of this service. They only join."""
