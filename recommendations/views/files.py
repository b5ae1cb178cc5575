"""Attached files, for those who may read what they are attached to; always sent as a download."""

from pathlib import PurePath

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from recommendations.models import FollowUpReport, ProgressUpdate, Response
from recommendations.models.files import KINDS
from recommendations.permissions import can_read_words

SANDBOX = "; ".join(["sandbox", "default-src 'none'", "frame-ancestors 'none'"])


def update_file(request, pk):
    return send(get_object_or_404(ProgressUpdate.objects.visible_to(request.user), pk=pk))


def report_file(request, pk):
    report = get_object_or_404(FollowUpReport.objects.visible_to(request.user).select_related("recommendation"), pk=pk)
    if not can_read_words(request.user, report):
        raise Http404
    return send(report)


def answer_file(request, pk, version):
    """As it came with that version of the answer."""
    response = get_object_or_404(Response.objects.visible_to(request.user), pk=pk)
    return send(get_object_or_404(response.history, version=version).instance)


def send(record):
    if not record.file:
        raise Http404
    try:
        file = record.file.open()
    except FileNotFoundError as gone:
        raise Http404 from gone
    # By its ending, of those we take: the machine's own table may know kinds that a browser runs.
    kind = KINDS.get(PurePath(record.file_name).suffix.lower(), "application/octet-stream")
    response = FileResponse(file, as_attachment=True, filename=record.file_name, content_type=kind)
    # Whoever makes a browser show it nevertheless has a page in which nothing runs and nothing is loaded.
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
