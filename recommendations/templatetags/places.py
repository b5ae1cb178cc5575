"""Words for the places where somebody is signed in."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()
# The first that a browser says of itself is its own name: they all say the names of those they are like.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent):
    """ "Firefox on Windows", as far as the browser told."""
    name, system = (next((known[sign] for sign in known if sign in user_agent), "") for known in (BROWSERS, SYSTEMS))
    if not name:
        return _("Another program")
    return _("%(browser)s on %(system)s") % {"browser": name, "system": system} if system else name
