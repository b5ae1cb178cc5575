"""Finds what a person reads in Python without its being marked for translation. See tests/test_translations.py."""

import ast
import re

MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
MARKS |= {"npgettext", "npgettext_lazy"}
# What goes to a programmer, a log, a pattern or the database.
NOT_READ = {"ImproperlyConfigured", "ValueError", "RuntimeError", "TypeError", "KeyError", "LookupError", "TypeVar"}
NOT_READ |= {"NotVouched", "Error"}
NOT_READ |= {"compile", "debug", "info", "warning", "exception", "getLogger", "RunSQL", "RawSQL", "execute", "strftime"}
NOT_READ |= {
    "Limit",
    "sub",
    "fullmatch",
    "finditer",
    "Func",
    "Value",
    "SearchQuery",
    "date_format",
    "partition",
    "header",
}
# Everything with letters that these are given is read: the second argument of `count_of`, the first of the others.
READ_CALLS = {"Refused", "ValidationError", "must_say", "must_be_clerk", "Unreadable", "words"}
READ_NAMES = {"label", "help_text", "heading", "hint", "legend", "empty_label", "title", "sentence", "caption"}
READ_NAMES |= {"verbose_name", "verbose_name_plural", "violation_error_message", "button", "success_message", "link"}
WORD = re.compile(r"[^\W\d_]{2,}")
# Two words; or one with a capital, as a label has it: "Owner", "E-mails", "Board’s".
SENTENCE = re.compile(r"[^\W\d_][,;:.)’”]?[ \n](?:[^\W\d_(“‘%]|\{)")
LABEL = re.compile(r"^[A-Z][a-z]+(?:[-’'][a-z]+)*[.:?!]?$")
# A list of CSS classes, names joined by commas or colons, a type of document, SQL.
NOT_WORDS = re.compile(
    r"^(?:(?:[a-z!_]+-\S+ ?)+|-//.*|[a-z]+/.*|(?:attachment|inline);.*|noindex.*|"
    r"(?:CREATE|DROP|SELECT|INSERT|UPDATE|DELETE|PRAGMA|GRANT)\b.*)$",
    re.S,
)


def unmarked(source):
    """(line, text) of all that is not marked."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.above = node
    texts = [node for node in ast.walk(tree) if _is_text(node)]
    return [(node.lineno, words_of(node)) for node in texts if _is_read(node) and not _is_excepted(node)]


def words_of(node):
    """The letters of a literal; of an f-string with {} for each value."""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value


def _is_text(node):
    """A whole literal, with letters: not a piece of an f-string, which is looked at as one."""
    is_piece = isinstance(getattr(node, "above", None), ast.JoinedStr | ast.FormattedValue)
    is_literal = isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
    return is_literal and not (is_piece and isinstance(node, ast.Constant)) and bool(WORD.search(words_of(node)))


def _is_read(node):
    words = words_of(node)
    if _is_given_to_people(node):
        return True
    # Markup is read for what stands between its tags.
    words = re.sub(r"^<.*>|<[^>]*>", lambda tag: re.sub(r"<[^>]*>", "", tag[0]), words, flags=re.S)
    if NOT_WORDS.match(words) or _is_in_a_header(node):
        return False
    if isinstance(node, ast.JoinedStr) and re.search(
        r"(?:^|\W)[^\W\d_]{2,}[,:]? \{|\}[,:;]? \(?[^\W\d_]{2,}(?:\W|$)", words
    ):
        return True
    return bool(SENTENCE.search(words) or (LABEL.match(words) and not _is_a_name(node)))


def _is_given_to_people(node):
    """An argument, an assignment or an entry of which nothing but words can be the value."""
    above = node.above
    if isinstance(above, ast.keyword):
        return above.arg in READ_NAMES
    if isinstance(above, ast.Assign):
        return any(getattr(target, "id", getattr(target, "attr", "")) in READ_NAMES for target in above.targets)
    if isinstance(above, ast.Call) and node in above.args:
        place, name = above.args.index(node), name_of(above)
        is_noun = name == "count_of" and place == 1 and "," in words_of(node)
        return is_noun or name in READ_CALLS or (name.endswith("Field") and place == 0)
    return False


def name_of(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _is_a_name(node):
    """A capital alone is no label where Python or Django wants the name of something."""
    above = node.above
    if isinstance(above, ast.Call):
        return name_of(above) not in READ_CALLS
    if isinstance(above, ast.AnnAssign | ast.arg | ast.FunctionDef):
        return node is not getattr(above, "value", None)
    if isinstance(above, ast.Tuple):
        return any(re.match(r"[A-Z][a-z]+[A-Z]", words_of(each)) for each in above.elts if _is_text(each))
    # The key of a dict is no word, nor what is compared with one.
    is_key = isinstance(above, ast.Dict) and node in above.keys
    return is_key or isinstance(above, ast.Compare | ast.Subscript | ast.List | ast.Set)


def _is_in_a_header(node):
    """The value of a header of an answer or a mail: `{"X-Robots-Tag": "noindex, nofollow"}`."""
    above = node.above
    if not isinstance(above, ast.Dict) or node not in above.values:
        return False
    key = above.keys[above.values.index(node)]
    return isinstance(key, ast.Constant) and bool(re.fullmatch(r"[A-Z][a-z]*(-[A-Z][a-z]+)+", str(key.value)))


def too_early(source):
    """(line, call) of marks that are looked up when the module is loaded, in whatever language that happens in."""
    tree = ast.parse(source)
    lazy = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if name.name.endswith(("_lazy", "_noop")) or not (node.module or "").startswith("django")
    }
    # And the one that only marks: it is no business of Django's.
    lazy |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    calls = [call for call in _at_once(tree) if isinstance(call, ast.Call) and name_of(call) in MARKS - lazy]
    filled = [
        node for node in _at_once(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Call) and name_of(node.left) in MARKS
    ]  # fmt: skip
    return [(node.lineno, ast.unparse(node)) for node in calls + filled]


def _at_once(node):
    """Every node below that is met when the module is loaded: not the bodies of its functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _at_once(child)


def _is_excepted(node):
    """Marked, a docstring, or within a call that no person reads."""
    while above := getattr(node, "above", None):
        if isinstance(above, ast.Expr) and isinstance(node, ast.Constant):
            return True
        if isinstance(above, ast.Call) and name_of(above) in MARKS | NOT_READ:
            return True
        if isinstance(above, ast.Subscript) and node is above.slice:
            return True
        node = above
    return False


def misused(source):
    """(line, call) of marks whose text is put together before it is looked up, or has places without a name."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node) in MARKS]
    formatted = {node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "format"}
    return [
        (call.lineno, ast.unparse(call)) for call in calls if call in formatted or any(map(_is_wrong, _texts(call)))
    ]


def _texts(call):
    """What a mark looks up: of the plural ones all but the last argument, which is the number."""
    return call.args[:-1] if name_of(call).startswith(("ng", "np")) else call.args


def _is_wrong(text):
    if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
        return True
    return bool(re.search(r"%[^(%]", text.value.replace("%%", "")))
