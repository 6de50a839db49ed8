"""The pages of reports and of opinions. They only join."""
