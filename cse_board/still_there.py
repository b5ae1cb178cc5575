"""Whether the database is still there: asked of each connection once in a while, not at the beginning of every request.

A server that ends, or a process of it that is killed, closes its connections, and that is seen without a question. What
goes without a word (a machine that loses its power) is noticed at the next question, as it is between any two of them.
"""

import select
import time

# For so many seconds an answer is believed.
BELIEVED = 1


def spare_the_question(connection):
    """At the beginning of a request, for which Django has each connection asked (`CONN_HEALTH_CHECKS`) before it is used."""
    line = connection.connection
    if not connection.health_check_enabled or line is None or line.closed:
        return
    now = time.monotonic()
    if now - line.asked_at < BELIEVED and is_silent(line):
        connection.health_check_done = True
    else:
        line.asked_at = now


def is_silent(line):
    """Nothing has come that nobody asked for: neither its end nor a last word."""
    waiting = select.poll()
    waiting.register(line.fileno(), select.POLLIN)
    return not waiting.poll(0)
