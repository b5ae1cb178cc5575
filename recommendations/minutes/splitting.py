"""One finding of a draft made several: what the reader took for one thing was more."""

from itertools import pairwise

from django.utils.translation import gettext as _

from recommendations.minutes import drafts
from recommendations.minutes.drafts import Content, Finding
from recommendations.models import Refused


def split(content: Content, pk: int, lines: list[str]) -> int:
    """One finding for each paragraph of the words or, where there is only one, for each line; `lines` is the source.

    Words on one line are cut where the lines of the source begin.
    """
    item, place = drafts.locate(content, pk)
    finding = item["findings"][place]
    texts = _paragraphs(finding["text"]) or _lines(finding["text"]) or _printed_lines(finding, lines)
    if not texts:
        raise Refused(_("Put each part on a line of its own, then choose “Split” again."))
    parts = [_part(finding, text, drafts.next_id(content) if number else pk) for number, text in enumerate(texts)]
    _share_lines(finding, parts, lines)
    item["findings"][place : place + 1] = parts
    drafts.repoint(item, pk, [part["id"] for part in parts])
    return pk


def _paragraphs(text: str) -> list[str]:
    return _several(text.split("\n\n"))


def _lines(text: str) -> list[str]:
    return _several(text.split("\n"))


def _several(texts: list[str]) -> list[str]:
    """Those that say something; none where they are not two or more."""
    texts = [text.strip() for text in texts if text.strip()]
    return texts if len(texts) > 1 else []


def _printed_lines(finding: Finding, lines: list[str]) -> list[str]:
    """The words as the lines of the source have them, as far as they are still those."""
    words = " ".join(finding["text"].split())
    parts = [" ".join(line.split()) for line in lines[finding["line"] or 0 : finding["last_line"] or 0]]
    below = " ".join(filter(None, parts))
    # The first line may begin with a mark, which is no part of the words.
    return _several([words.removesuffix(below), *parts]) if words.endswith(below) else []


def _part(whole: Finding, text, pk) -> Finding:
    part = drafts.blank(whole["kind"], text, line=whole["line"], last_line=whole["last_line"]) | {"id": pk}
    part |= drafts.reread(part["kind"], text)
    if pk == whole["id"]:
        part |= {"number": whole["number"], "flags": whole["flags"], "checked": whole["checked"]}
        part["person"] = whole.get("person") if part["name"] == whole["name"] else None
    return part


def _share_lines(whole: Finding, parts: list[Finding], lines: list[str]) -> None:
    """Give each part the source line where its words begin, if it can be found below the part before it."""
    if whole["line"] is None:
        return
    begins = whole["line"]
    for part in parts:
        opening = " ".join(part["text"].split())[:30]
        candidates = range(begins, whole["last_line"] + 1)
        begins = part["line"] = next((n for n in candidates if opening in " ".join(lines[n - 1].split())), begins)
    for part, following in pairwise(parts):
        part["last_line"] = max(part["line"], following["line"] - 1)
