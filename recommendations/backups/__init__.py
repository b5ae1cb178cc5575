"""The whole site in one archive, and back: the database and the attached files, proven by a manifest."""
