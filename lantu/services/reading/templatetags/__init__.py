"""What the pages of the reading desk draw of their own."""
