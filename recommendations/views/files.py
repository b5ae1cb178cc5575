"""Attached files, for those who may read what they are attached to; always sent as a download."""

import hashlib
from pathlib import PurePath

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from recommendations.models import FollowUpReport, ProgressUpdate, Response
from recommendations.models.files import KINDS
from recommendations.permissions import can_read_words

SANDBOX = "; ".join(["sandbox", "default-src 'none'", "frame-ancestors 'none'"])


def update_file(request, pk):
    return send(request, get_object_or_404(ProgressUpdate.objects.visible_to(request.user), pk=pk))


def report_file(request, pk):
    report = get_object_or_404(FollowUpReport.objects.visible_to(request.user).select_related("recommendation"), pk=pk)
    if not can_read_words(request.user, report):
        raise Http404
    return send(request, report)


def answer_file(request, pk, version):
    """As it came with that version of the answer."""
    response = get_object_or_404(Response.objects.visible_to(request.user), pk=pk)
    return send(request, get_object_or_404(response.history, version=version).instance)


def send(request, record):
    """Whoever has the file already is told so, where they still may have it: what a name stands for never changes."""
    if not record.file:
        raise Http404
    etag = quote_etag(hashlib.sha256(record.file.name.encode()).hexdigest())
    if known := get_conditional_response(request, etag):
        return known
    try:
        file = record.file.open()
    except FileNotFoundError as gone:
        raise Http404 from gone
    # By its ending, of those we take: the machine's own table may know kinds that a browser runs.
    kind = KINDS.get(PurePath(record.file_name).suffix.lower(), "application/octet-stream")
    response = FileResponse(file, as_attachment=True, filename=record.file_name, content_type=kind)
    # Whoever makes a browser show it nevertheless has a page in which nothing runs and nothing is loaded.
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["ETag"] = etag
    return response
