"""Forms: each module judges one family of promises, to date and for the year."""
