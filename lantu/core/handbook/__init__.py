"""The handbook: the pages of docs/ and the words of the glossary, as they are read."""
