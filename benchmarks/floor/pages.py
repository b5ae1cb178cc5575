"""The pages of the floor: signed in, raw SQL, a plain table."""

from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseForbidden
from django.template import Context, Engine

from benchmarks.floor import statements
from recommendations.models import Recommendation

PAGE = Engine().from_string(
    "<!doctype html><html lang=en><title>{{ name }}</title><h1>{{ name }}</h1><p>{{ user.full_name }}</p>"
    "{% for rows in tables %}<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell|default_if_none:'' }}</td>"
    "{% endfor %}</tr>{% endfor %}</table>{% endfor %}</html>"
)


def asked(statement, values=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def page(request, name, *tables):
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    context = {"name": name, "user": request.user, "tables": tables}
    return HttpResponse(PAGE.render(Context(context)))


def bare(request):
    return page(request, "Bare")


def dashboard(request):
    tables = (statements.OVERDUE, statements.REPORTS, statements.ANSWERS, statements.STANDING)
    return page(request, "Dashboard", *map(asked, tables))


def listing(request):
    return page(request, "List", asked(statements.OVERDUE), asked(statements.REPORTS))


def item(request, slug):
    found = asked(statements.ITEM, [slug])
    key = found[0][0]
    beside = (asked(each, [key]) for each in (statements.ANSWERS_OF, statements.REPORTS_OF, statements.EVIDENCE_OF))
    return page(request, slug, found, *beside, asked(statements.HISTORY, {"key": key}))


def work(request):
    return page(request, "My work", asked(statements.WORK, [request.user.pk]))


def search(request):
    words = request.GET["q"]
    return page(request, "Search", asked(statements.SEARCH, [words, words]))


def change(request, slug):
    """A status change as one transaction: the row locked and changed, and the whole of it put into the history."""
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    with transaction.atomic(), connection.cursor() as cursor:
        change_progress(cursor, slug, request.user.pk)
    return HttpResponse("ok")


def change_progress(cursor, slug, user_id):
    cursor.execute(statements.LOCK, [slug])
    key, progress, _ = cursor.fetchone()
    cursor.execute(statements.CHANGE, ["paused" if progress == "in_progress" else "in_progress", key])
    cursor.execute(into_history(), [user_id, key])


def into_history():
    """The statement that copies a row into its history, column by column."""
    model = Recommendation
    kept = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return (
        f'INSERT INTO "{model.history.model._meta.db_table}" ({kept}, history_date, history_type, history_user_id, '
        f"history_change_reason) SELECT {kept}, now(), '~', %s, 'Bench' FROM \"{model._meta.db_table}\" WHERE id = %s"
    )
