"""One address to its page: robots.txt asked first, turns taken, tries repeated, redirects followed
and checked.
"""

from collections.abc import Mapping

from ...model.text import N_
from .clock import Deadline
from .exchange import BUSY, REDIRECTS, Answer, Want, exchange, judged
from .fetched_page import PAGE_TYPES, FetchedPage, page_of
from .page_faults import Failed, Refused
from .policy import TOKEN, Policy, State
from .robots import Rules, parse_robots
from .urls import PageUrl, checked, moved

#: How many redirects are followed.
HOPS = 5

#: The largest robots.txt, in bytes: what RFC 9309 asks readers to take at least.
_ROBOTS = Want((), 512_000)


def fetch(url: str, policy: Policy, state: State) -> FetchedPage:
    """The page at an address, or word that it is as it was known.

    `policy` says how to fetch, `state` carries what one run knows of sites and pages. Raises
    Refused for what we do not fetch or take, Failed for what gave no usable answer.
    """
    return page_of(url, retrieve(url, Want(PAGE_TYPES, policy.limit), policy, state))


def retrieve(url: str, want: Want, policy: Policy, state: State, *, robots: bool = True) -> Answer:
    """The 200 or 304 that an address leads to, redirects followed; raises Refused or Failed.

    `robots` is false for robots.txt itself.
    """
    deadline = Deadline(policy.clock, policy.deadline)
    target = checked(url)
    for _ in range(HOPS + 1):
        if robots:
            with deadline.paused():
                _permit(target, policy, state)
        answer = _asked(
            target, want, policy, state, deadline=deadline, extra=_conditions(url, target, state)
        )
        if answer.status not in REDIRECTS:
            return answer
        target = moved(target, answer.headers["Location"])
    raise Refused(N_("redirects more than {hops} times"), checked(url).place, hops=HOPS)


def _asked(
    target: PageUrl,
    want: Want,
    policy: Policy,
    state: State,
    *,
    deadline: Deadline,
    extra: Mapping[str, str],
) -> Answer:
    """The answer of one address, asked again where that may help and time is left."""
    tried = 0
    while True:
        with deadline.paused():
            state.take_turn(target.host, policy, target.place)
        try:
            return judged(
                exchange(target, want, policy, deadline, extra),
                policy.clock,
                conditional=bool(extra),
            )
        except Failed as failure:
            wait = max(float(failure.after), policy.backoff * 2**tried)
            state.rest(target.host, failure.after, policy.clock)
            if not failure.again or tried == policy.retries or not deadline.spend(wait):
                raise
            state.rest(target.host, wait, policy.clock)
            tried += 1
        finally:
            state.rest(target.host, max(policy.delay, _pace(target, state)), policy.clock)


def _conditions(url: str, target: PageUrl, state: State) -> Mapping[str, str]:
    """The headers that ask for the page only if it is not as known; for the address that gave it,
    no other.
    """
    known = state.known.get(url)
    if known is None or known.url != target.url:
        return {}
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def _permit(target: PageUrl, policy: Policy, state: State) -> None:
    """Nothing, or Refused where robots.txt asks robots to stay away, or the error that kept us from
    reading it.
    """
    rules = state.rules.get(target.site)
    if rules is None:
        rules = state.rules[target.site] = _rules(target, policy, state)
    if isinstance(rules, Refused | Failed):
        raise rules.with_traceback(None)
    if not rules.allows(target.path):
        raise Refused(N_("is closed to robots by its site's robots.txt"), target.place)


def _rules(target: PageUrl, policy: Policy, state: State) -> Rules | Refused | Failed:
    """The rules of a site: none if it has no robots.txt; why it cannot be read, which closes the
    site for now.
    """
    try:
        answer = retrieve(f"{target.site}/robots.txt", _ROBOTS, policy, state, robots=False)
    except Failed as error:
        if 400 <= error.status < 500 and error.status not in BUSY:
            return Rules()
        return Failed(
            error.about.message,
            error.place,
            hint=N_("without it nothing is fetched from the site for now"),
        )
    except Refused as error:
        return error
    return parse_robots(answer.body.decode("utf-8", "replace"), TOKEN)


def _pace(target: PageUrl, state: State) -> float:
    """The seconds that the site's robots.txt asks for between requests."""
    rules = state.rules.get(target.site)
    return rules.delay if isinstance(rules, Rules) else 0.0
