"""Everything a person reads is marked for translation: in templates, in Python, and without a text put together first."""

from functools import cache
from pathlib import Path

import pytest
from django.forms import BaseModelForm
from django.utils.functional import Promise

import recommendations.urls  # noqa: F401 (every form is then known)
from tests import unmarked_python, unmarked_templates

ROOT = Path(__file__).resolve().parent.parent
READER = (
    "addressees", "dates", "evidence", "findings", "grammar", "headings", "interests", "making", "outcomes", "paragraphs",
    "parser", "people", "people_lists", "phrases", "place", "rows", "sentences", "web_pages",
)  # fmt: skip
# Whose words are not those of a page, file or mail, and why.
ENGLISH_ONLY = {
    "recommendations/portfolio/": "Invented English councils.",
    "recommendations/management/": "A terminal speaks to whoever runs the site; the demonstration is an English story.",
    "recommendations/exports/markup.py": "Holds the markup of files, and no word in them.",
    "recommendations/models/among.py": "Asks databases, in SQL.",
    "recommendations/models/entitled.py": "Asks databases, in SQL.",
    "recommendations/models/kept_figures.py": "Asks databases, in SQL.",
    "recommendations/models/own_version.py": "Asks databases, in SQL.",
    "recommendations/models/search_index.py": "Speaks to the database.",
    "recommendations/prepared.py": "Asks databases, in SQL.",
    "recommendations/trends/months.py": "Asks databases, in SQL.",
    "recommendations/triggers.py": "Speaks to whoever migrates the database.",
    "recommendations/storage.py": "Speaks to whoever migrates the database.",
    "recommendations/condition.py": "Speaks to monitors, and to whoever runs the site.",
    "cse_board/no_request.py": "Speaks to programs that cannot ask.",
    "cse_board/transport.py": "Speaks to whoever runs the site.",
    "cse_board/metrics.py": "Speaks to monitors.",
    "recommendations/gauges.py": "Speaks to monitors.",
    "cse_board/probes.py": "Speaks to monitors, and to whoever runs the site.",
    "recommendations/sealing/": "Tells whoever runs the site, at a terminal, what it proves.",
    "recommendations/search/likeness.py": "Knows the words of English recommendations.",
    "recommendations/search/matching.py": "Asks databases, in SQL.",
    "recommendations/search/vocabulary.py": "Knows English words.",
    "recommendations/old_trackers/headings.py": "Knows the headings of English trackers.",
    "recommendations/old_trackers/owners.py": "Knows the titles of English names.",
    "recommendations/old_trackers/separated.py": "Reads in a process without settings, and names what it read.",
    "recommendations/old_trackers/word_tables.py": "Reads in a process without settings, and names what it read.",
    "recommendations/old_trackers/words.py": "Knows the words of English trackers.",
    "recommendations/old_trackers/workbooks.py": "Reads in a process without settings: yes and no, as an English Excel has them.",
    # Plain Python that knows no Django. What it remarks is kept in the draft, as it was made.
    **{
        f"recommendations/minutes/{name}.py": "Reads English minutes, and remarks on them in English."
        for name in READER
    },
}
# What looks like words there, and is a name that has to be the same in every language.
NAMES = {
    # Said by a command, to whoever waits for it.
    "recommendations/redaction/remains.py": {"Waiting for whoever began before, and still sees it"},
    "recommendations/views/seals.py": {"manage.py verify_history --against {}"},
    "cse_board/settings.py": {"Example Council"},
    "recommendations/exports/pages.py": {"Arial", "Footer", "Header", "Normal", "Table Grid"},
    "recommendations/minutes/drafts.py": {"Actions:", "The Board recommends:", "Witnesses:"},
    "recommendations/old_trackers/rows.py": {
        "The file",
        "response responses answer answers decision formal received accepted agreed rejected or and y n of from the to",
        "last update",
    },
    "recommendations/old_trackers/days.py": {"no date", "not applicable"},
    "recommendations/templatetags/places.py": {
        *("Android", "Chrome", "Edge", "Firefox", "Linux", "Mac", "Mac OS", "Opera", "Safari", "Windows"),
    },
    "recommendations/permissions.py": {"Administrators", "Clerks", "Members", "Officers"},
}


def files(pattern, *folders):
    found = [path for folder in folders for path in (ROOT / folder).rglob(pattern)]
    return sorted(path.relative_to(ROOT).as_posix() for path in found if "migrations" not in path.parts)


TEMPLATES = files("*.html", "templates", "recommendations") + files("*.txt", "templates/recommendations/emails")
MODULES = files("*.py", "recommendations", "cse_board")


@cache
def source_of(name):
    return (ROOT / name).read_text("utf-8")


def is_english_only(name):
    return name.startswith(tuple(ENGLISH_ONLY))


# What the finders find


@pytest.mark.parametrize(
    "source",
    [
        "<p>Owner</p>",
        "<p>{% if late %}late{% endif %}</p>",
        "{% blocktranslate %}Owner{% endblocktranslate %}, by",
        '<td data-label="Owner">',
        '<img alt="A crest">',
        '<meta name="description" content="What was asked">',
        '<input type="submit" value="Send">',
        '{% include "x.html" with label="Owner" %}',
        '{% include "x.html" with hint="late" %}',
        '{{ owner|default:"nobody" }}',
        '{{ number|count_of:"day,days" }}',
        "{{ number|pluralize }}",
    ],
)
def test_words_of_a_template_are_found(source):
    assert len(unmarked_templates.unmarked(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "{# A comment #}{% comment %}and another{% endcomment %}<script>let a</script>",
        '<p translate="no">a@example.org</p>',
        '<p class="app-quiet">{{ name }}, 1 – 2&nbsp;{% translate "Owner" %}</p>',
        "{% blocktranslate trimmed with name=user %}Sent by {{ name }}{% endblocktranslate %}",
        '{% include "x.html" with label=_("Owner") kind="late" %}',
        "<time datetime=\"{{ day|date:'Y-m-d' }}\">",
        '{% if kind == "Report back" %}{% include "a.html" with classes="app-a app-b" %}{% endif %}',
        "{% block width %}app-wide{% endblock %}",
        '<meta name="viewport" content="width=device-width"><input type="hidden" value="yes">',
        '<button name="act" value="save"></button>',
    ],
)
def test_what_nobody_reads_in_a_template_is_passed_over(source):
    assert unmarked_templates.unmarked(source) == []


@pytest.mark.parametrize(
    "source",
    [
        'told = "Nobody owns it."',
        'told = f"{name} waived"',
        'told = f"{label} (optional)"',
        'told = "Owner"',
        'told = {"owner": "Owner"}',
        'raise Refused("no")',
        'words("Why?", rows=2)',
        'Field(label="late")',
        'label = "late"',
        'models.TextField("short title")',
        'count_of(3, "day,days")',
        'told = "due " + _("today, at the latest") + " and then"',
    ],
)
def test_words_of_a_module_are_found(source):
    assert unmarked_python.unmarked(source) != []


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""',
        'raise ImproperlyConfigured("Say where it is.")',
        'log.info("Sent %s to %s", a, b)',
        're.compile("The Board")',
        'cursor.execute("SELECT a FROM b")',
        'told = _("Nobody owns it.")',
        'told = ngettext("%(n)d day", "%(n)d days", n) % {"n": n}',
        'models.ForeignKey("Board", related_name="items")',
        'classes = "govuk-input govuk-input--width-2"',
        'key = f"{app}-{number}"',
        'row["Reference"] = cells.get("Owner")',
    ],
)
def test_what_nobody_reads_in_a_module_is_passed_over(source):
    assert unmarked_python.unmarked(source) == []


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ('_("Owner") + _("%(n)s of %(all)s, 100%%") % both', 0),
        ('_(f"Owner {name}")', 1),
        ('_("Owner %s" % name)', 1),
        ('_("Owner %s") % name', 1),
        ('_("Owner {}").format(name)', 1),
        ("_(name)", 1),
        ('ngettext("%(n)d day", "%(n)d days", n)', 0),
        ('ngettext("%d day", "%d days", n)', 1),
    ],
)
def test_a_text_put_together_before_it_is_looked_up_is_found(source, wrong):
    assert len(unmarked_python.misused(source)) == wrong


@pytest.mark.parametrize(
    ("source", "early"),
    [
        ("from django.utils.translation import gettext as _\nLABEL = _('Owner')", 1),
        ("from django.utils.translation import gettext as _\ndef label():\n    return _('Owner')", 0),
        ("from django.utils.translation import gettext_lazy as _\nclass Form:\n    label = _('Owner')", 0),
        ("from django.utils.translation import gettext_lazy as _\nLABEL = _('Owner %(n)s') % {'n': 1}", 1),
    ],
)
def test_a_mark_that_is_looked_up_too_early_is_found(source, early):
    assert len(unmarked_python.too_early(source)) == early


# Every file


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_marks_what_it_says(name):
    assert unmarked_templates.unmarked(source_of(name)) == []


@pytest.mark.parametrize("name", [name for name in MODULES if not is_english_only(name)])
def test_a_module_marks_what_it_says(name):
    found = unmarked_python.unmarked(source_of(name))
    assert [each for each in found if each[1] not in NAMES.get(name, ())] == []


def forms_below(cls):
    return [one for child in cls.__subclasses__() for one in (child, *forms_below(child))]


def test_every_question_about_a_record_has_a_label_that_is_looked_up():
    """One that Django makes of the name of a model’s field would be in English."""
    asked = {
        f"{form.__qualname__}.{name}": field
        for form in forms_below(BaseModelForm)
        for name, field in questions_of(form)
    }
    assert [name for name, field in asked.items() if not isinstance(field.label, Promise) and field.label != ""] == []


def questions_of(form):
    is_ours = form.__module__.startswith("recommendations.forms")
    return [pair for pair in getattr(form, "base_fields", {}).items() if is_ours and not pair[1].widget.is_hidden]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_excepted_stands_there(name):
    assert {words for _, words in unmarked_python.unmarked(source_of(name))} >= NAMES[name]


@pytest.mark.parametrize("name", MODULES)
def test_nothing_is_looked_up_before_the_language_is_known(name):
    assert unmarked_python.too_early(source_of(name)) == []


@pytest.mark.parametrize("name", MODULES)
def test_a_mark_stands_around_a_whole_text_with_named_places(name):
    assert unmarked_python.misused(source_of(name)) == []


@pytest.mark.parametrize("name", ENGLISH_ONLY)
def test_what_is_in_english_only_has_words_to_excuse(name):
    assert any(unmarked_python.unmarked(source_of(each)) for each in MODULES if each.startswith(name))
