"""The guards of what is opened with a key in the address instead of an account: a partner's link, a person's feeds."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render

from recommendations.limits import WRONG_KEYS, TooOften, address_of
from recommendations.models import Feed, PartnerLink

HEADERS = {
    "Cache-Control": "no-store",
    # The key stands in the address, so no other page may learn that. Not "no-referrer": with it browsers send forms
    # with the origin "null", which the protection against forged requests must refuse.
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def partners(view):
    """Opens to whoever has the key of a live link, signed in or not; puts that link on the request.

    A wrong key gets the 404 of any unknown page, and after too many nothing is tried for a while. A right key whose
    time is over is told so: whoever has it knows that there was a link.
    """

    @wraps(view)
    def guarded(request, key, **kwargs):
        response = answer(request, key, **kwargs)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    def answer(request, key, **kwargs):
        address = address_of(request)
        try:
            WRONG_KEYS.must_allow(address)
        except TooOften as refusal:
            return too_often(request, refusal)
        link = PartnerLink.opened_by(key)
        if link is None:
            WRONG_KEYS.count(address)
            raise Http404
        if link.ended:
            return render(request, "recommendations/partner/ended.html", {"link": link}, status=410)
        request.partner_link = link
        return view(request, key=key, **kwargs)

    guarded.who = "partners"
    return guarded


def too_often(request, refusal):
    response = render(request, "recommendations/partner/too_often.html", {"sentence": refusal}, status=429)
    response.headers["Retry-After"] = refusal.seconds
    return response


def keyholders(view):
    """Opens to the program that has the key of a live feed; puts that feed on the request.

    Every other key gets the 404 of any unknown page, at the cost of no query where the signature is wrong. Wrong ones
    are not counted: one calendar service asks for thousands of people from one address, some with keys long stopped.
    """

    @wraps(view)
    def guarded(request, key, **kwargs):
        request.feed = Feed.opened_by(key)
        if request.feed is None:
            raise Http404
        response = view(request, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    guarded.who = "keyholders"
    return guarded
