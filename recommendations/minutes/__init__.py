"""From published minutes to records: sources (files → lines), parser (lines → findings), adopt (findings → records)."""
