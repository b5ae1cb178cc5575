"""Signing in: what of it goes on record, how long it lasts, second factors, the council's own provider."""
