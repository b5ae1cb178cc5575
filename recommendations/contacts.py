"""E-mail addresses and telephone numbers that somebody typed into a text, and the text without them."""

import re

from django.utils.translation import gettext as _

# Each begins where nothing of its kind stands before it, so that a long word is read through once.
E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
# British numbers, and those that begin with the code of a country; with the spaces, brackets and hyphens people put in.
TELEPHONE = re.compile(r"(?<![\w/.+-])(?:\+\d(?:[ \xa0()-]{0,3}\d){7,14}|\(?0(?:[ \xa0()-]{0,2}\d){9,10})(?![\w/])")
# What stands behind a tag: nothing inside one is anybody's words.
BEHIND_A_TAG = re.compile(r">[^<]++")


def without_contacts(text):
    """The text, with a remark in the place of every address and number. A date, a sum or a reference is neither."""
    if "@" in text:
        text = E_MAIL.sub(_("[e-mail address left out]"), text)
    return TELEPHONE.sub(_("[telephone number left out]"), text)


def question_without_contacts(words):
    """What nobody reads in public nobody finds there either: how many places hold a number would tell that one does."""
    return TELEPHONE.sub(" ", E_MAIL.sub(" ", words))


def words_for(user):
    """What makes of a text what this person reads of it in a file: nobody's contact goes out in public."""
    return str if user.is_authenticated else without_contacts


def without_contacts_in_html(page):
    """The same for a whole page: only what a person reads of it is looked at."""
    return BEHIND_A_TAG.sub(lambda found: without_contacts(found[0]), page)
