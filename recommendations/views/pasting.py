"""For clerks: rich text on its way into the box of New minutes, so that its lists keep their numbers."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from recommendations.minutes import sources
from recommendations.words import look_up


@require_POST
def lines_of_paste(request):
    """The lines of the pasted HTML as JSON, or why there are none; nothing is kept."""
    page = f"<!doctype html><html><body>{request.POST.get('html', '')}</body></html>"
    try:
        lines = sources.lines_of(page.encode("utf-8", "replace"))
    except sources.Unreadable as refusal:
        return HttpResponse(look_up(refusal), status=400, content_type="text/plain")
    return JsonResponse({"text": "\n".join(lines).strip("\n")})
