"""Old trackers: from the spreadsheet or Word table that a clerk has kept until now to records."""
