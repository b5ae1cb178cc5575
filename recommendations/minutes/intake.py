"""Many files at once: each becomes a draft, is known already, or is refused; whatever it is, the next one is read."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError
from django.utils.translation import gettext as _

from recommendations.minutes import drafts, sources
from recommendations.models import MinutesDraft, Refused
from recommendations.words import look_up


@dataclass(frozen=True)
class Outcome:
    """What became of one file: a draft that is new, a draft that was there before, or a refusal."""

    name: str
    draft: MinutesDraft | None = None
    is_new: bool = False
    refusal: str = ""


def enter(name: str, read: Callable[[], bytes], *, known=None, **asked) -> Outcome:
    """Make a draft of one file, in a transaction of its own. `known` and the rest: as `drafts.start` has them.

    A file that was read before is known by its bytes, which costs a query and no reading.
    """
    known = MinutesDraft.objects.entered() if known is None else known
    try:
        data = read()
        digest = hashlib.sha256(data).hexdigest()
        if first := known.filter(file_digest=digest).select_related("board", "meeting").first():
            return Outcome(name, first)
        draft = drafts.start(
            sources.lines_of(data, name), file_name=name[-255:], file_digest=digest, known=known, **asked
        )
    except drafts.AlreadyEntered as again:
        return Outcome(name, again.draft)
    except (Refused, sources.Unreadable) as refusal:
        return Outcome(name, refusal=look_up(refusal))
    except OSError as error:
        return Outcome(name, refusal=_("It cannot be read: %(error)s.") % {"error": error.strerror or error})
    except DatabaseError:
        # Nothing is wrong with the file, and the next one would fare no better.
        raise
    except Exception as error:
        # One file in hundreds that nobody foresaw must not keep the others waiting.
        return Outcome(
            name, refusal=_("The reader failed on it (%(name)s). Please report this.") % {"name": type(error).__name__}
        )
    return Outcome(name, draft, is_new=True)
