"""What a request may ask for at all, before anything of it is read: its method, and how long it is."""

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpResponseForbidden, HttpResponseNotAllowed
from django.utils.translation import gettext as _

METHODS = ["GET", "HEAD", "POST"]
# What programs fetch by themselves, with a key in the address.
FOR_PROGRAMS = (".ics", ".atom")


class WithinMeasure:
    """Pages are read and forms are sent: nothing here knows another method, and no view need refuse it again.

    A body is refused by what it says of its length. One that does not say is not read: the server hands on none.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if length_of(request) > settings.MOST_BYTES_OF_A_REQUEST:
            raise RequestDataTooBig
        # PostgreSQL knows no such sign in a text, and no address of ours has one.
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        if in_the_clear(request) and request.path_info.endswith(FOR_PROGRAMS):
            # A person is led on to https; a program would send its key in the clear each time, and nobody would notice.
            return HttpResponseForbidden(_("Ask for this address by https."), content_type="text/plain; charset=utf-8")
        return self.get_response(request)


def in_the_clear(request):
    return settings.SECURE_SSL_REDIRECT and not request.is_secure()


def length_of(request):
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0
