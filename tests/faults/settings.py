"""The site's own settings as tests have them, but served as a council's: no page tells of the code."""

from cse_board.settings import *  # noqa: F403

DEBUG = False
