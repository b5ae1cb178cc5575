"""Runs pytest and says how many lines and branches of the site it saw: `python -m tests.measured -m pytest`.

Slipcover forgets what the workers saw once it has held it against the limit, and would then print the rest: here it remembers.
"""

from functools import cache

from slipcover import __main__ as slipcover

if __name__ == "__main__":
    slipcover.merged_coverage = cache(slipcover.merged_coverage)
    raise SystemExit(slipcover.main())
