"""Words as both databases see them: parted, without accents, stemmed; those that say nothing, and those that say the same."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer
from django.db import connection

# The stop words of PostgreSQL's English dictionary, which SQLite has not.
STOP = frozenset(
    """i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it
    its itself they them their theirs themselves what which who whom this that these those am is are was were be been
    being have has had having do does did doing a an the and but if or because as until while of at by for with about
    against between into through during before after above below to from up down in out on off over under again further
    then once here there when where why how all any both each few more most other some such no nor not only own same so
    than too very s t can will just don should now""".split()
)
# What people put around what they look for: "what happened about taxis?", "anything we ever said on parking".
CHATTER = frozenset(
    """anything anybody anyone ask asked become became board came come ever find found get got happen happened happening
    heard hear know like many much people please said say show since something tell think told us want wanted whether
    would could got""".split()
)
# What stands in recommendations whatever they are about.
BOILERPLATE = frozenset(
    """accept action additional agree annual appropriate approach area asking basis board brought cabinet carry committee
    consider consideration council councillor county current detail develop director district ensure executive future
    further give given head include including information look made make matter meeting member month need new next note
    officer officers panel part particular partner place plan possible present process progress provide provided
    provision publish recommend recommendation regard relevant relevance request report reported resolve review scrutiny
    number quarter quarterly cost figure seek service services set steps support take taken task team time undertake
    update use way week work would write year month annually january february march april may june july august september
    october november december one two three four five six seven eight nine ten twelve""".split()
)
# Forms of one word that no stemmer brings together.
_FORMS = """bus buses, child children, woman women, man men, life lives, person persons, gas gases, foot feet, knife knives,
thief thieves, criterion criteria, crisis crises, analysis analyses, tyre tyres, mould mold, programme program"""
# What councils shorten, and the words for it.
_SHORT = {
    "asb": "anti social behaviour",
    "bame": "black asian and minority ethnic",
    "camhs": "child and adolescent mental health",
    "ccg": "clinical commissioning group",
    "cqc": "care quality commission",
    "cse": "child sexual exploitation",
    "dfg": "disabled facilities grant",
    "ehcp": "education health and care plan",
    "gp": "general practitioner",
    "hgv": "heavy goods vehicle",
    "hmo": "house in multiple occupation",
    "mash": "multi agency safeguarding hub",
    "mtfs": "medium term financial strategy",
    "nhs": "national health service",
    "psed": "public sector equality duty",
    "pspo": "public spaces protection order",
    "send": "special educational needs",
    "uasc": "unaccompanied asylum seeking children",
}
# Written apart, with a hyphen or as one word.
_PREFIXES = ("anti", "co", "cyber", "mid", "multi", "non", "off", "on", "over", "post", "pre", "re", "under", "well")


def _same():
    """{a word: the other ways to say it, each as the words of a phrase}."""
    said = {}
    for forms in _FORMS.replace("\n", " ").split(","):
        one, other = forms.split()
        said |= {one: [(other,)], other: [(one,)]}
    return said | {short: [tuple(phrase.split())] for short, phrase in _SHORT.items()}


SAME = _same()
# {the telling words of a phrase: its short form}, but where that is a word of its own: "to send".
IN_SHORT = {
    tuple(word for word in phrase.split() if word not in STOP): short
    for short, phrase in _SHORT.items()
    if short not in ("mash", "send")
}


def plain(text):
    """Lower case, without accents, apostrophes straight."""
    parted = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(sign for sign in parted if not unicodedata.combining(sign)).casefold()


def words_of(text):
    return re.findall(r"[^\W_]+", plain(text))


def ways_to_say(word):
    """The phrases that a word may stand as, itself first: "antisocial" also as "anti social", "20mph" as "20 mph"."""
    ways = [(word,), *SAME.get(word, ())]
    if apart := re.fullmatch(r"(\d+)([a-z]+)", word):
        ways.append(apart.groups())
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > 4:
            ways.append((prefix, rest))
    return ways


@lru_cache(maxsize=2)
def _stemmer(vendor):
    # FTS5 has Porter's first stemmer, PostgreSQL his second.
    return snowballstemmer.stemmer("porter" if vendor == "sqlite" else "english")


@lru_cache(maxsize=50_000)
def _stem(word, vendor):
    return _stemmer(vendor).stemWord(word)


def stem(word):
    """The stem of a plain word, as the database in use makes it."""
    return _stem(word, connection.vendor)


@lru_cache(maxsize=50_000)
def _stem_of_text(word, vendor):
    return _stem(plain(word), vendor)


def stems_of_text(words):
    """The stems of words as they stand in a text."""
    vendor = connection.vendor
    return [_stem_of_text(word, vendor) for word in words]
