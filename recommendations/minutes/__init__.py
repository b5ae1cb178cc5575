"""From the minutes a council publishes to records: sources (files → lines), parser (lines → findings), adopt (findings → records)."""
