"""What the site's error pages ask of the wiring: `{% load site %}`."""

from django import template

from cse_board.served import current

register = template.Library()


@register.simple_tag
def request_id():
    """What somebody quotes, so that the line in the log is found; "" outside of any request."""
    served = current.get()
    return served.id if served else ""
