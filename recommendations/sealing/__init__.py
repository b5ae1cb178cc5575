"""Proof that the history is what it was: seals over what is written once, and their verification.

A seal holds the digest of every new row and of the seal before it (`make`); `chain` compares the rows with their seals,
`dates` their ages with those of the seals and of one another, `records` the records with their histories, `fixed` these with
what no verb changes, `figures` and `findable` what is kept of the records with what they say; `guards` looks whether
triggers stand, `shape` whether the tables take what they should and no more (`catalogue`), `entitling` at each change of
rights, `accounts` at what opens an account, `legality` at each change of a status, by the rules and by who was entitled
(`rights`, and `by_whom` for all other records). Rows are read from the database, past the models,
in one form that both databases share (`rows`).
"""
