"""What came of what a board asked in a municipal year: read by the yearly page and its Word document alike.

Every number is the length of a list of rows that the page shows, so that a number and its rows cannot disagree.
"""

from recommendations.municipal import year_in_words, year_of

from .figures import figures, label_of
from .reading import boards, impact, is_too_much, years
from .year import Impact

__all__ = ["Impact", "boards", "figures", "impact", "is_too_much", "label_of", "year_in_words", "year_of", "years"]
