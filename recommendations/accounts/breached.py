"""No password that others have lost already: looked up in a file of the council's own, so that nothing is asked elsewhere."""

import hashlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DIGEST_SIGNS = 40


class NotBreached:
    """`path`: of a file of lines "SHA-1:how often", in order, as the downloader of Pwned Passwords writes it."""

    def __init__(self, path):
        self.path = path

    def validate(self, password, user=None):
        if is_in(self.path, password):
            raise ValidationError(_("This password was stolen elsewhere and published. Choose another."))

    def get_help_text(self):
        return _("Your password can’t be one that was stolen elsewhere and published.")


def is_in(path, password):
    """Found by halves, since the file has some forty gigabytes. SHA-1 because the list is kept so; it protects nothing."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with open(path, "rb") as file:
        low, high = 0, file.seek(0, 2)
        while low < high:
            middle = (low + high) // 2
            if _line_after(file, middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return _line_after(file, low) == wanted


def _line_after(file, place):
    """The digest in the first line that begins at this place or after it; beyond the last, one greater than all."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.readline()[:DIGEST_SIGNS].upper() or b"~"
