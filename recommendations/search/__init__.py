"""Finding by words: what a person asks, how each database is asked, and how what was found is shown; what is alike."""
