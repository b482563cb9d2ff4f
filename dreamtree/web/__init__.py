"""Everything between a view and the browser: pages, fragments, headers, errors, assets."""

from flask import Response

from dreamtree.web.application import Application, application
from dreamtree.web.body_limits import body_limit
from dreamtree.web.csrf import CsrfFailed, csrf_part, csrf_retry, renew_csrf
from dreamtree.web.errors import ErrorWords, error_response
from dreamtree.web.pages import (
    Mistake,
    NavLink,
    answer,
    error_fragment,
    fragment,
    is_fragment,
    navigation,
    own_navigation,
    page,
    redirect_back,
    redirect_to,
    render,
    retarget,
    retry_after,
    text_file,
    ways_to_keep,
)

__all__ = [
    "Application",
    "CsrfFailed",
    "ErrorWords",
    "Mistake",
    "NavLink",
    "Response",
    "answer",
    "application",
    "body_limit",
    "csrf_part",
    "csrf_retry",
    "error_fragment",
    "error_response",
    "fragment",
    "is_fragment",
    "navigation",
    "own_navigation",
    "page",
    "redirect_back",
    "redirect_to",
    "render",
    "renew_csrf",
    "retarget",
    "retry_after",
    "text_file",
    "ways_to_keep",
]
