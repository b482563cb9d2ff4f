"""The browser's side of a session: cookies, who is here, and what happens when nobody is."""

import hashlib
import hmac
import re
from typing import NamedTuple, NoReturn

from flask import Response, abort, after_this_request, g, request, session

from dreamtree import web
from dreamtree.accounts import devices, people, throttle
from dreamtree.accounts.models import User
from dreamtree.accounts.people import Arrival, Present
from dreamtree.db import saving

TREE, SAMPLE = "tree", "sample"
COOKIE = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})")
SIGN_IN = "#signin"
ANOTHER_TREE = web.Words(
    "This page belongs to another tree", "It was open before you came. Copy what you typed, then open the page again."
)
OF_THE_OLD_PAGE = frozenset({"csrf_token", "person", "do", "device", "time_zone"})
NO_TEXT = ("base", "served")


class Typed(NamedTuple):
    """A text that a refused request carried, and the name of its field."""

    label: str
    text: str


def who() -> Present | None:
    """Who is here: the sample tree while its cookie lives, else the person's own. One query, none without a cookie."""
    return _holder_of(SAMPLE) or _holder_of(TREE)


def _holder_of(name: str) -> Present | None:
    parts = COOKIE.fullmatch(request.cookies.get(cookie_name(name), ""))
    found = people.recognize(parts[1], parts[2]) if parts else None
    if parts and found and people.touch(found):
        _give(name, parts[0], found)
        session.modified = True
    return found


def recognize_visitor() -> None:
    """Before every view: remember who is here for this request."""
    g.present = who()


def present() -> Present | None:
    """Who is here, without a query."""
    found: Present | None = g.get("present")
    return found


def current_person() -> User | None:
    """The person who is here, with the data key in hand; None for a visitor."""
    here = present()
    return here.user if here else None


def content_revision() -> int | None:
    """The revision of the book as the database has it; None for a visitor, for whom nothing was asked."""
    here = present()
    return here.content_revision if here else None


def require_person() -> User:
    """The person who is here. A visitor's GET goes to the first page; a save answers 401 and keeps the text."""
    return require_present().user


def require_present() -> Present:
    """As `require_person`, with session and settings."""
    return present() or _turn_away()


def _turn_away() -> NoReturn:
    if web.is_fragment():
        abort(web.refusal("accounts/_signin.html", 401, SIGN_IN, texts=typed_texts()))
    if request.method in ("GET", "HEAD"):
        abort(web.go_to("/"))
    abort(web.page("accounts/signed_out.html", 401, texts=typed_texts(), carried=carried_fields()))


def turn_away_another() -> NoReturn:
    """A page of somebody else's tree was sent here: nothing is saved, and its words are handed back."""
    if web.is_fragment():
        abort(web.say(409, ANOTHER_TREE))
    abort(web.page("accounts/another_tree.html", 409, texts=typed_texts()))


def carried_fields() -> list[tuple[str, str]]:
    """The fields of a page that could not be saved, for a form that begins a tree with them."""
    return [(name, text) for name, text in request.form.items(multi=True) if name not in OF_THE_OLD_PAGE]


def typed_texts() -> list[Typed]:
    """The prose this request carried, to be handed back; choices, keys and single words stay in their fields."""
    fields = [(name.partition(":")[2], text.strip()) for name, text in request.form.items(multi=True)]
    prose = [(field, text) for field, text in fields if field and field not in NO_TEXT and " " in text]
    return [Typed(field.replace("-", " ").capitalize(), text) for field, text in prose]


def start(is_shared: bool) -> User:
    """Start a tree for the visitor, or go on with the open one (decisions 33). Ends the sample they stood in."""
    here = present()
    if here is not None and here.user.is_sample:
        _leave_sample(here)
        here = g.present = _holder_of(TREE)
    if here is not None:
        return here.user
    arrival = plan(is_shared)
    saving(lambda: people.write_arrival(arrival))
    return open_tree(arrival)


def plan(is_shared: bool, is_sample: bool = False) -> Arrival:
    """A new tree for this browser, nothing written yet: see `people.write_arrival`, then `open_tree`."""
    return people.plan_arrival(is_shared, devices.name_of(request.user_agent.string), is_sample)


def open_tree(arrival: Arrival) -> User:
    """Give the browser the cookie of a tree that was just written; it is who is here from now on."""
    here = arrival.present
    g.present = here
    _give(SAMPLE if here.user.is_sample else TREE, arrival.cookie, here)
    if not here.session.is_shared and not here.user.is_sample:
        session.permanent = True
    return here.user


def leave() -> None:
    """End the session that is here and clear its traces. Leaving a sample touches nothing of the person's own tree."""
    here = require_present()
    if here.user.is_sample:
        return _leave_sample(here)
    people.end_session(here.session)
    g.present = None
    web.renew_csrf()
    _take(TREE)

    @after_this_request
    def clear(response: Response) -> Response:
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response

    return None


def _leave_sample(here: Present) -> None:
    people.end_session(here.session)
    g.present = None
    _take(SAMPLE)


def person_tag(user: User) -> str:
    """The mark of a person that a form carries, so that it cannot be saved into another tree; says nothing else."""
    return _tags(user)[0]


def is_person_tag(user: User, tag: str) -> bool:
    """Whether a form with `tag` was rendered for `user`, also under an earlier secret."""
    said = tag.encode(errors="replace")
    return any(hmac.compare_digest(ours.encode(), said) for ours in _tags(user))


def wait_for(what: str, free: int) -> int:
    """Count a try of `what` from this address: 0, or the seconds to wait (`throttle.attempt`)."""
    return throttle.attempt(_hmac(f"{what}|{devices.network_of(request.remote_addr)}"), free)


def cookie_name(name: str) -> str:
    """With TLS the prefix ties a cookie to this host alone; browsers refuse it on plain HTTP."""
    return f"__Host-{name}" if web.application().settings.is_behind_tls else name


def _give(name: str, value: str, here: Present) -> None:
    """A cookie for 400 days; on a shared device and for a sample it ends with the browser."""
    is_short = here.session.is_shared or here.user.is_sample
    seconds = None if is_short else int(people.ANONYMOUS_LIFE.total_seconds())
    is_safe = web.application().settings.is_behind_tls

    @after_this_request
    def give(response: Response) -> Response:
        response.set_cookie(
            cookie_name(name), value, max_age=seconds, secure=is_safe, httponly=True, samesite="Lax", path="/"
        )
        return response


def _take(name: str) -> None:
    is_safe = web.application().settings.is_behind_tls

    @after_this_request
    def take(response: Response) -> Response:
        response.delete_cookie(cookie_name(name), path="/", secure=is_safe, httponly=True, samesite="Lax")
        return response


def _tags(user: User) -> list[str]:
    settings = web.application().settings
    keys = (settings.secret_key, *settings.secret_key_fallbacks)
    return [_hmac(f"person|{user.id}", key) for key in keys]


def _hmac(text: str, key: str | None = None) -> str:
    secret = key or web.application().settings.secret_key
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]
