"""Finds what a person reads in a template without its being marked for translation. See tests/test_translations.py."""

import re
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

# Read to people by browsers, and written on a page by the style sheet (data-label) or the script (data-copy…).
READ = {"alt", "aria-label", "aria-description", "aria-roledescription", "label", "placeholder", "summary", "title"}
READ |= {"data-label"}
READ_AT = {("meta", "content"), ("input", "value")}
# What else these say is for machines.
NOT_READ = {("meta", name) for name in ("viewport", "robots", "theme-color", "color-scheme", "format-detection")}
NOT_READ |= {("input", kind) for kind in ("hidden", "checkbox", "radio", "text", "search")}
NO_END = {"br", "col", "hr", "img", "input", "link", "meta", "path", "wbr"}
# These tags take a text that is translated by them, or one that nobody reads: a path, the name of a page or of a block.
OWN_WORDS = ("translate", "load", "extends", "block ", "endblock", "url", "static", "language", "get_")
# Filters whose argument is printed, whatever it looks like, and arguments of partials that are.
PRINTED = re.compile(
    r"(\|(default|default_if_none|yesno|count_of|pluralize|join):"
    r"|\b(label|hint|sentence|link|of|heading|title|caption|text|words|legend)=)$"
)
LITERAL = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")
# A capital or a blank makes words of a literal, unless it is only compared, the form of a date, or a list of classes.
WORDS = re.compile(r"^(?!(?:[a-z!_]+-[^ ]+ ?)+$).*(?:[A-Z]|\S \S)")
COMPARED = re.compile(r"(?:==|!=|\bin|\|date:) ?$")
LETTERS = re.compile(r"[^\W\d_]")
# A tag of the template within the markup: no letter, and no blank.
TAG = "\ufffc"


def unmarked(source):
    """(line, text) of all that is not marked."""
    markup, found = _without_tags(source)
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return sorted({*found, *reader.found})


def _without_tags(source):
    """The markup with a sign for each template tag, and the literals within those tags that should be marked."""
    parts, found, skipped = [], [], ""
    for token in Lexer(source).tokenize():
        kind, text = token.token_type, token.contents
        name = text.split()[0] if kind == TokenType.BLOCK else ""
        if skipped:
            skipped = "" if name == f"end{skipped}" else skipped
            parts.append("\n" * text.count("\n"))
        elif name in ("comment", "blocktranslate", "verbatim"):
            skipped = name
        elif text == "block width":
            skipped = "block"
        if kind == TokenType.TEXT and not skipped:
            parts.append(text)
        elif kind != TokenType.TEXT:
            parts.append(TAG + "\n" * text.count("\n"))
            found += [] if kind == TokenType.COMMENT else [(token.lineno, each) for each in _literals(text, kind)]
    return "".join(parts), found


def _literals(text, kind):
    """What stands in quotes in one tag and is read by people, without `_(…)` around it."""
    if kind == TokenType.BLOCK and text.startswith(OWN_WORDS):
        return []
    # It knows the plural of English alone: `count_of` knows those of every language.
    found = ["pluralize"] if "|pluralize" in text else []
    for literal in LITERAL.finditer(text):
        before, words = text[: literal.start()], literal[0][1:-1]
        is_printed = PRINTED.search(before) or (WORDS.search(words) and not COMPARED.search(before))
        if is_printed and LETTERS.search(words) and not before.endswith("_("):
            found.append(words)
    return found


class _Reader(HTMLParser):
    """Collects texts and attributes with letters; an element with translate="no" says that it is the same in all."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.open = [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        kind = attributes.get("name" if tag == "meta" else "type")
        for name, value in attrs:
            is_read = name in READ or ((tag, name) in READ_AT and (tag, kind) not in NOT_READ)
            if is_read and LETTERS.search(value or ""):
                self.found.append((self.getpos()[0], f"{name}={value}"))
        if tag not in NO_END:
            self.open.append((tag, attributes.get("translate") == "no" or tag in ("script", "style", "svg")))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while self.open and any(name == tag for name, _ in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data):
        """Line by line, and without attributes: a partial may write only these."""
        if any(silent for _, silent in self.open):
            return
        for number, line in enumerate(data.split("\n"), self.getpos()[0]):
            words = re.sub(r'[\w-]+="[^"]*"', "", line).replace(TAG, " … ")
            self.found += [(number, words.strip())] if LETTERS.search(words) else []
