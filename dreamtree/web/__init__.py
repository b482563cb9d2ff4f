"""Everything between a view and the browser: pages, fragments, headers, errors, assets."""

from flask import Response

from dreamtree.web.application import Application, application
from dreamtree.web.bodies import takes_bodies_of
from dreamtree.web.csrf import CsrfFailed, fresh_token, renew_csrf, token_part
from dreamtree.web.errors import Words, say
from dreamtree.web.pages import (
    Mistake,
    Place,
    aim,
    answer,
    fragment,
    go_to,
    is_fragment,
    navigation,
    own_places,
    page,
    refusal,
    render,
    retry_after,
    send_back,
    text_file,
    ways_to_keep,
)

__all__ = [
    "Application",
    "CsrfFailed",
    "Mistake",
    "Place",
    "Response",
    "Words",
    "aim",
    "answer",
    "application",
    "fragment",
    "fresh_token",
    "go_to",
    "is_fragment",
    "navigation",
    "own_places",
    "page",
    "refusal",
    "render",
    "renew_csrf",
    "retry_after",
    "say",
    "send_back",
    "takes_bodies_of",
    "text_file",
    "token_part",
    "ways_to_keep",
]
