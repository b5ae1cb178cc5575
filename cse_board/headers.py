"""The headers that every answer has, whoever made it: a page, a file of the static ones, a refusal of a middleware."""

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.middleware.security import SecurityMiddleware
from django.utils.cache import patch_cache_control


class EveryAnswer(SecurityMiddleware):
    """Stands outside of everything: also what is refused before it reaches a page goes out with all of them.

    Only the headers are its task. The way on to https is left to Django's own, further in, which may fail (a host that
    is not ours) and then needs somebody outside who gives that answer its headers.
    """

    def process_request(self, request):
        return None

    def process_response(self, request, response):
        response = super().process_response(request, response)
        # No other site shows or reads anything of this one, whatever its kind.
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


# What the library's decorators put on an answer whose policy is another.
OF_ITS_OWN = ("_csp_replace", "_csp_update", "_csp_exempt")


class ContentPolicy(CSPMiddleware):
    """The library's own, which writes the policy anew for each answer: ours is the same for all."""

    def process_request(self, request):
        """No page of ours has a nonce."""

    def process_response(self, request, response):
        if settings.DEBUG or any(hasattr(response, name) for name in OF_ITS_OWN):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, policy())
        return response


@cache
def policy():
    return build_policy()


class MessageCookie(CookieStorage):
    cookie_name = settings.MESSAGE_COOKIE_NAME


class Messages(FallbackStorage):
    """Django's own, its cookie named as the others: a name that begins with __Host- no neighbour of the site can set."""

    storage_classes = (MessageCookie, SessionStorage)
