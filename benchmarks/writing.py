"""Status changes a second on four connections, each with its history: through the pages, through the verb, as raw SQL."""

import multiprocessing
import threading
import time
from itertools import cycle

CONNECTIONS = 4
# A disk that is slow for some seconds is so for all ways alike: each has its turn in every round.
ROUNDS = 3


def measure(cast, site, floor, seconds):
    from recommendations.models import Recommendation

    slugs = cast.changeable(CONNECTIONS * 100)
    shares = [slugs[number::CONNECTIONS] for number in range(CONNECTIONS)]
    return in_rounds(
        {"by HTTP": through_pages, "by the verb": through_verbs, "floor: raw SQL": through_sql},
        lambda way: way(cast, site, floor, shares, seconds / ROUNDS),
        Recommendation.history.count,
    )


def in_rounds(ways, go, rows):
    """{name: figures} of the ways; `go` gives (how many were done, in how many seconds), `rows` counts the history."""
    turns = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            before = rows()
            turns[name].append((*go(way), rows() - before))
    return {name: summed(each) for name, each in turns.items()}


def summed(turns):
    done, took, rows = map(sum, zip(*turns, strict=True))
    return {"a second": round(done / took, 1), "done": done, "history rows": rows}


def at_once(work, shares):
    """(how many were done by all, seconds from the first to the last)."""
    done, ready = [0] * len(shares), threading.Barrier(len(shares) + 1)

    def run(number, share):
        act = work(share)
        ready.wait()
        done[number] = act()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(shares)]
    for thread in threads:
        thread.start()
    ready.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    return sum(done), time.perf_counter() - start


def through_pages(cast, site, floor, shares, seconds):
    """Real forms of a clerk: a page is asked for once, for its token; each POST says what the progress is now."""
    from benchmarks.cast import session
    from benchmarks.visiting import Visitor

    states = standing([slug for share in shares for slug in share])
    cookies = session(cast.clerk)

    def work(share):
        visitor = Visitor(site, cookies)
        token = token_of(visitor, share[0])
        return lambda: until_over(seconds, share, lambda slug: post(visitor, slug, states[slug], token))

    return at_once(work, shares)


def until_over(seconds, share, act):
    until, done = time.perf_counter() + seconds, 0
    for slug in cycle(share):
        if time.perf_counter() > until:
            return done
        act(slug)
        done += 1
    return done


def standing(slugs):
    """{slug: [progress, version]}"""
    from recommendations.models import Recommendation

    rows = Recommendation.objects.filter(slug__in=slugs).values_list("slug", "progress", "version")
    return {slug: [progress, version] for slug, progress, version in rows}


def token_of(visitor, slug):
    from benchmarks.visiting import TOKEN

    return TOKEN.search(visitor.get(f"/recommendations/{slug}/update/"))[1].decode()


def post(visitor, slug, state, token):
    from urllib.parse import urlencode

    to = "paused" if state[0] == "in_progress" else "in_progress"
    form = {"csrfmiddlewaretoken": token, "progress": to, "text": "Held for the bench.", "version": state[1]}
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Referer": "https://127.0.0.1/"}
    answer = visitor.ask("POST", f"/recommendations/{slug}/update/", urlencode(form), kind)
    body = answer.read()
    if answer.status != 302:
        raise SystemExit(f"{slug} answered {answer.status}: {body[-3000:]!r}")
    state[:] = [to, state[1] + 1]


def in_processes(act, cast, shares, seconds):
    """Four processes, each with a connection of its own."""
    context = multiprocessing.get_context("fork")
    from django.db import connections

    connections.close_all()
    with context.Pool(len(shares)) as pool:
        pool.map(warm, range(len(shares) * 4))
        start = time.perf_counter()
        done = pool.starmap(act, [(share, cast.clerk.pk, seconds) for share in shares], chunksize=1)
        return sum(done), time.perf_counter() - start


def warm(_):
    from recommendations.models import Recommendation

    time.sleep(0.05)
    return Recommendation.objects.exists()


def through_verbs(cast, site, floor, shares, seconds):
    return in_processes(change_by_verb, cast, shares, seconds)


def change_by_verb(share, clerk_id, seconds):
    from recommendations.models import Recommendation, User

    clerk = User.objects.get(pk=clerk_id)

    def act(slug):
        one = Recommendation.objects.get(slug=slug)
        to = "paused" if one.progress == "in_progress" else "in_progress"
        one.change_progress(to, by=clerk, reason="Held for the bench.")

    return until_over(seconds, share, act)


def through_sql(cast, site, floor, shares, seconds):
    return in_processes(change_by_sql, cast, shares, seconds)


def change_by_sql(share, clerk_id, seconds):
    from django.db import connection, transaction

    from benchmarks.floor.pages import change_progress

    def act(slug):
        with transaction.atomic(), connection.cursor() as cursor:
            change_progress(cursor, slug, clerk_id)

    return until_over(seconds, share, act)
