"""Proof that the history is what it was: seals over what is written once, and their verification.

A seal holds the digest of every new row and of the seal before it (`make`); `chain` compares the rows with their seals,
`dates` their ages with those of the seals, `records` the records with their histories, `guards` looks whether triggers stand
and refuse and roles are those on record, `legality` each change of a status with the rules and with who was entitled
(`rights`). Rows are read from the database, past the models, in one form that both databases share (`rows`).
"""
