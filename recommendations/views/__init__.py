"""One module a noun; the first line of each says for whom its pages are."""
