"""Proof that the history is what it was: seals over what is written once, and their verification.

A seal holds the digest of every new row and of the seal before it (`make`); `chain` compares the rows with their seals,
`dates` their ages with those of the seals and of one another, `records` the records with their histories, `fixed` these with
what no verb changes, `figures` what is kept of the records with what they say; `guards` looks whether triggers and
constraints stand, `entitling` at each change of rights, `legality` at each change of a status, by the rules and by who was
entitled (`rights`). Rows are read from the database, past the models,
in one form that both databases share (`rows`).
"""
