"""Reminders by e-mail: what is to be told to whom on a day, one digest an address, claimed and then sent."""
