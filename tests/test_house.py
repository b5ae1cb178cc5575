"""The rules of the house, read from the syntax tree: statuses change by verbs alone, and nothing passes the history by."""

import ast
import os
import re
import statistics
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import CheckConstraint, UniqueConstraint

from recommendations.models import User
from recommendations.models.tracked import Tracked

ROOT = Path(__file__).resolve().parent.parent
CODE = [
    path.relative_to(ROOT)
    for folder in ("recommendations", "cse_board")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
# Each status, and the one module whose verbs assign it.
ASSIGNED_IN = {
    "progress": "recommendations/models/recommendations.py",
    "answer": "recommendations/models/responses.py",
    "state": "recommendations/models/minutes.py",
    "decision": "recommendations/models/due_dates.py",
    "verdict": "recommendations/models/follow_ups.py",
    "delivery": "recommendations/models/mails.py",
}
WRITTEN_BY_PEOPLE = {".py", ".html", ".txt", ".scss", ".js", ".mjs", ".md", ".toml", ".yml"}
NOT_OURS = {".git", ".venv", "node_modules", "dist", "var", "migrations", ".hypothesis"}
# Locks are made by a tool; minutes are as they were printed.
NOT_WRITTEN = ("requirements", "fixtures/minutes")


@cache
def trees():
    return [(path, ast.parse((ROOT / path).read_text("utf-8"))) for path in CODE]


def nodes(kind):
    """(where, node) of every node of that kind in the project's code."""
    return [(path, node) for path, tree in trees() for node in ast.walk(tree) if isinstance(node, kind)]


def place(path, node):
    return f"{path}:{node.lineno}"


def models():
    return list(apps.get_app_config("recommendations").get_models())


def tracked():
    return [model for model in models() if issubclass(model, Tracked | User)]


# Statuses


def test_a_status_is_assigned_by_its_verbs_alone():
    """Also within a tuple, as in `self.answer, self.reasons = …`."""
    assigned = [(path, node) for path, node in nodes(ast.Attribute) if isinstance(node.ctx, ast.Store)]
    strays = [place(path, node) for path, node in assigned if ASSIGNED_IN.get(node.attr, str(path)) != str(path)]
    assert strays == []


def test_no_status_is_set_by_its_name_as_text():
    calls = [(path, node) for path, node in nodes(ast.Call) if getattr(node.func, "id", "") == "setattr"]
    assert [place(path, node) for path, node in calls] == []


def test_each_status_is_assigned_where_this_test_says():
    stored = {(node.attr, str(path)) for path, node in nodes(ast.Attribute) if isinstance(node.ctx, ast.Store)}
    assert set(ASSIGNED_IN.items()) <= stored


@pytest.mark.parametrize("status", ASSIGNED_IN)
def test_no_form_offers_a_status(status):
    fields = [field for model in models() for field in model._meta.fields if field.name == status]
    assert fields
    assert not [field for field in fields if field.editable]


# Days and times


def test_days_and_times_are_told_by_one_module():
    """`recommendations/words.py` says them, by London's clock; the reader of old trackers is plain Python."""
    told = {str(path) for path, node in nodes(ast.Constant) if re.search("%[BHI]", str(node.value))}
    assert told == {"recommendations/old_trackers/days.py"}
    calls = {str(path) for path, node in nodes(ast.Name) if node.id == "date_format"}
    assert calls == {"recommendations/words.py"}


# Nothing passes the history by


def method_calls():
    """(where, call) of every `something.method(…)`."""
    return [(path, node) for path, node in nodes(ast.Call) if isinstance(node.func, ast.Attribute)]


def test_nobody_updates_rows_behind_the_history():
    """A queryset's `update` takes keywords alone; a dict's takes a dict."""
    strays = [place(*call) for call in method_calls() if call[1].func.attr == "update" and not call[1].args]
    assert strays == []


def test_nobody_writes_rows_in_bulk():
    assert [place(*call) for call in method_calls() if call[1].func.attr.startswith(("bulk_", "abulk_"))] == []


def test_only_the_portfolio_writes_rows_past_the_verbs():
    """An invented million: at 3,000 a second there is no time for verbs. tests/test_portfolio.py holds it to their rules."""
    strays = {
        str(path) for path, call in method_calls() if call.func.attr in ("copy_expert", "copy_from", "executemany")
    }
    assert strays == {"recommendations/portfolio/loading.py"}


def test_nobody_deletes_rows():
    """`super().delete()` would be one as well. What somebody signs in with is no record, and can be taken away."""
    strays = [str(path) for path, call in method_calls() if call.func.attr == "delete"]
    no_rows = {"cse_board/attempts.py", "recommendations/stored.py"}
    assert set(strays) - no_rows == {"recommendations/accounts/sessions.py", "recommendations/redaction/removal.py"}


def test_nobody_makes_rows_without_who_and_why():
    """`create` would save past `record`; the counter of references is no record."""
    makes = ("create", "acreate", "get_or_create", "update_or_create")
    strays = [str(path) for path, call in method_calls() if call.func.attr in makes]
    assert strays == ["recommendations/models/boards.py"]


@pytest.mark.parametrize("model", tracked(), ids=lambda model: model.__name__)
def test_every_tracked_record_has_a_history(model):
    assert hasattr(model, "history")


def test_only_a_counter_what_was_sent_what_is_written_once_and_what_is_derived_have_no_history():
    """A mail, a run and an account's event are themselves records; a link's use, a row handed over, a redaction and a seal are
    never changed.

    What can be found is worked out from the records, by the database; and so is what is counted.
    """
    histories = {model.history.model for model in tracked()}
    others = {model.__name__ for model in models()} - {each.__name__ for each in [*histories, *tracked()]}
    assert others == {
        "AccountEvent",
        "HandedOver",
        "KeptFigures",
        "LinkUse",
        "Mail",
        "Mention",
        "RedactedRow",
        "Redaction",
        "ReferenceCounter",
        "Run",
        "Seal",
        "SealedPart",
        "Searchable",
    }


@pytest.mark.parametrize("model", tracked(), ids=lambda model: model.__name__)
def test_a_reason_may_be_as_long_as_a_sentence_needs(model):
    assert model.history.model._meta.get_field("history_change_reason").max_length is None


@pytest.mark.django_db
def test_nobody_deletes_or_changes_a_status_in_the_administration(rf, administrator):
    """Tracked records in the administration are reference data, and are ended, not deleted."""
    request = rf.get("/")
    request.user = User(is_active=True, is_staff=True, is_superuser=True)
    ours = {model: shown for model, shown in admin.site._registry.items() if model in tracked()}
    assert not [model.__name__ for model, shown in ours.items() if shown.has_delete_permission(request)]


# Names and sizes


def constraints():
    return [each for model in models() for each in model._meta.constraints]


@pytest.mark.parametrize("constraint", constraints(), ids=lambda constraint: constraint.name)
def test_a_constraint_is_named_as_a_sentence(constraint):
    assert isinstance(constraint, CheckConstraint | UniqueConstraint)
    assert len(constraint.name.split("_")) >= 3


def written_by_people():
    """Paths from the root. Folders that are not ours are not even entered: they hold many thousand files."""
    found = []
    for folder, below, names in os.walk(ROOT):
        below[:] = set(below) - NOT_OURS
        found += [Path(folder, name).relative_to(ROOT) for name in names]
    return [path for path in found if path.suffix in WRITTEN_BY_PEOPLE and not str(path).startswith(NOT_WRITTEN)]


def test_no_file_has_more_than_400_lines():
    lengths = {str(path): len((ROOT / path).read_text("utf-8").splitlines()) for path in written_by_people()}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def functions():
    """{where: lines} of every function of the project."""
    defined = nodes(ast.FunctionDef | ast.AsyncFunctionDef)
    return {place(path, node): node.end_lineno - node.lineno + 1 for path, node in defined}


def test_no_function_has_more_than_50_lines():
    assert {name: lines for name, lines in functions().items() if lines > 50} == {}


def test_half_of_the_functions_have_at_most_10_lines():
    assert statistics.median(functions().values()) <= 10


def test_every_module_says_what_lives_here():
    silent = [str(path) for path, tree in trees() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_model_says_what_it_is(model):
    is_history = model.__name__.startswith("Historical")
    assert is_history or (model.__doc__ and not model.__doc__.startswith(f"{model.__name__}("))


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "core", "services", "repositories", "signals", "misc"])
def test_no_module_is_named_after_a_pattern(word):
    assert not [str(path) for path in CODE if word in path.parts or path.stem == word]
