"""An invented portfolio of any size, to try a server with: what councils' scrutiny boards asked for in ten years.

The shape, which `tests/commands/test_seed_portfolio.py` holds (within a few points, at any size):

- a board for every 3,000 recommendations, with ten meetings a year; an officer for every 250, who so has some 10 to 40
  open ones; a clerk for every four boards; eight members on each board;
- kinds: half "do", a fifth "consider", a fifth "report back", a tenth actions; 1 to 2 in a hundred are exempt;
- a tenth is open, and a quarter of that is overdue, itself or in a report; most of what is closed was implemented;
- some five history rows a recommendation, over it, its answers, its reports, its updates and its dates.

Every life is told from the day of the meeting on until it reaches today, so that what is open is what has not ended yet.
The records are what the verbs would have left, but no verb is called: at 3,000 a second there is no time for it. Nothing but
the size, the seed and today's date decides what is made.
"""
