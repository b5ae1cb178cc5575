"""Data protection: a name or a passage is taken out of everything the site holds, and that it was is on record.

`wording` finds it however it was typed, `places` in every text of every table (asked of the models, so that a table
added later is looked through as well), `attached` in files; `removal` changes the rows and writes the record, all in
one transaction, and `remains` sees that the database's files do not hold it any longer.
"""
