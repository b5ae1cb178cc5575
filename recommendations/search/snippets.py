"""What is shown of a text that was found: the part that tells most, with what was looked for marked."""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from recommendations.search.vocabulary import stem, stems_of_text

LENGTH = 260
_WORD = re.compile(r"[^\W_]+")
# A text is looked at so far for what to show.
_LOOKED_AT = 20_000


@dataclass(frozen=True)
class Hit:
    start: int
    end: int
    term: int


class Marker:
    """Finds in texts what a question looks for, as the database does: by stems, phrases as a whole."""

    def __init__(self, question):
        self.wanted = question.wanted
        self.phrases = [
            (number, tuple(stem(word) for word in words))
            for number, term in enumerate(question.wanted)
            for words in term.ways
        ]
        self.beginnings = {stems[0] for _, stems in self.phrases}
        self.known = {}

    def hits(self, text):
        """Where something stands that was looked for, from left to right."""
        if text not in self.known:
            self.known[text] = self._hits(text)
        return self.known[text]

    def _hits(self, text):
        words = list(_WORD.finditer(text[:_LOOKED_AT]))
        stems = stems_of_text([word[0] for word in words])
        found = []
        for place, one in enumerate(stems):
            if one not in self.beginnings:
                continue
            for number, phrase in self.phrases:
                if tuple(stems[place : place + len(phrase)]) == phrase:
                    found.append(Hit(words[place].start(), words[place + len(phrase) - 1].end(), number))
                    break
        return found

    def mark(self, text, start=0, end=None):
        """The text, or a part of it, escaped, with each hit in `<mark>`."""
        end = len(text) if end is None else end
        told, at = [], start
        for hit in self.hits(text):
            if hit.start >= at and hit.end <= end:
                told += [escape(text[at : hit.start]), f"<mark>{escape(text[hit.start : hit.end])}</mark>"]
                at = hit.end
        return mark_safe("".join([*told, escape(text[at:end])]))  # noqa: S308 (each piece is escaped above)

    def snippet(self, text) -> SafeString:
        """Some 260 letters around where most of what was looked for stands."""
        text = " ".join(text.split())
        if len(text) <= LENGTH:
            return self.mark(text)
        start = self._best_start(text)
        end = min(len(text), start + LENGTH)
        start = text.find(" ", start) + 1 if start else 0
        space = text.rfind(" ", start, end)
        end = space if end < len(text) and space > start else end
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return mark_safe(before + self.mark(text, start, end) + after)  # noqa: S308 (marked text is escaped)

    def _best_start(self, text):
        """A little before the first of the hits that stand closest together."""
        hits = self.hits(text)
        starts = [max(0, min(hit.start - 60, len(text) - LENGTH)) for hit in hits]
        told = [len({hit.term for hit in hits if start <= hit.start < start + LENGTH - 20}) for start in starts]
        return starts[told.index(max(told))] if hits else 0
