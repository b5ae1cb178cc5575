"""What no password may be made of: the words that anybody would try first at this very site."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Beside the council's own name. A person's name and address are looked for by Django's own validator.
WORDS = ("scrutiny", "recommendation", "recommendations", "committee", "council", "tracker", "board", "password", "cse")
LEAST_BESIDE_THEM = 8


class WordsOfThisPlace:
    """A password holds enough beside the words that stand on every page here."""

    def validate(self, password, user=None):
        words = {*WORDS, *re.findall(r"\w{3,}", settings.COUNCIL_NAME.casefold())}
        left = password.casefold()
        for word in sorted(words, key=len, reverse=True):
            left = left.replace(word, "")
        if len(re.sub(r"[\W\d_]", "", left)) < LEAST_BESIDE_THEM and len(left) < len(password):
            raise ValidationError(_("This is made of words that stand on this site. Choose others."))

    def get_help_text(self):
        return _("Your password can’t be made of words that stand on this site, such as the council’s name.")
