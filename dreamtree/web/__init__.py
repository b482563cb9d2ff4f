"""Everything between a view and the browser: pages, fragments, headers, errors, assets."""

from flask import Response

from dreamtree.web.application import Application, application
from dreamtree.web.body_limits import body_limit, takes_long
from dreamtree.web.csrf import CsrfFailed, csrf_part, csrf_retry, is_cross_site, renew_csrf
from dreamtree.web.errors import CSRF, ErrorWords, error_response, note_refused
from dreamtree.web.handing_back import (
    KEPT_PREFIX,
    SentWords,
    fields_to_send_again,
    is_tagged,
    sent_words,
    use_word_reader,
    words_in,
)
from dreamtree.web.pages import (
    FormError,
    NavLink,
    error_fragment,
    fragment,
    is_fragment,
    is_shown,
    keep_links,
    navigation,
    own_navigation,
    page,
    redirect_back,
    redirect_to,
    referring_page,
    render,
    rendered,
    response_of,
    retarget,
    text_file,
)
from dreamtree.web.senders import network_of
from dreamtree.web.waiting import note_wait, wait_words

__all__ = [
    "CSRF",
    "KEPT_PREFIX",
    "Application",
    "CsrfFailed",
    "ErrorWords",
    "FormError",
    "NavLink",
    "Response",
    "SentWords",
    "application",
    "body_limit",
    "csrf_part",
    "csrf_retry",
    "error_fragment",
    "error_response",
    "fields_to_send_again",
    "fragment",
    "is_cross_site",
    "is_fragment",
    "is_shown",
    "is_tagged",
    "keep_links",
    "navigation",
    "network_of",
    "note_refused",
    "note_wait",
    "own_navigation",
    "page",
    "redirect_back",
    "redirect_to",
    "referring_page",
    "render",
    "rendered",
    "renew_csrf",
    "response_of",
    "retarget",
    "sent_words",
    "takes_long",
    "text_file",
    "use_word_reader",
    "wait_words",
    "words_in",
]
