"""What stands around every view: headers, compression, errors, the log, CSRF, static files."""

import gzip
import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import abort, render_template_string, request
from flask.testing import FlaskClient
from peewee import OperationalError
from werkzeug.test import TestResponse

from dreamtree import web
from dreamtree.accounts.views import bp
from dreamtree.config import Settings
from dreamtree.db import open_database
from dreamtree.gateway import REFUSED
from dreamtree.web import assets, headers, logs

ROOT = Path(__file__).parents[2]
LIGHT = 12_000
SECRET = "a secret that only the tests know about"
WORDS = "what a person wrote"
PARTIAL = {"HX-Request-Type": "partial"}
FORWARDED = {"X-Forwarded-Proto": "https"}
CODES = (400, 401, 403, 404, 405, 408, 409, 413, 422, 429, 500, 503)


def house_with(settings: Settings) -> web.Application:
    """The application with views that fail; nothing is asked of its database."""
    open_database("sqlite:///:memory:")
    app = web.Application(settings)
    app.register_blueprint(bp)
    app.add_url_rule("/crash/<text>", view_func=crash, methods=["GET", "POST"])
    app.add_url_rule("/busy", view_func=busy)
    app.add_url_rule("/stop/<int:code>", view_func=stop)
    app.add_url_rule("/long/<int:length>", view_func=long)
    app.add_url_rule("/token", view_func=token)
    app.add_url_rule("/save", view_func=save, methods=["POST"])
    return app


def crash(text: str) -> str:
    try:
        raise KeyError(text)
    except KeyError as error:
        raise ValueError(f"cannot read {text}") from error


def busy() -> str:
    raise OperationalError(f"database is locked: {WORDS}")


def stop(code: int) -> str:
    abort(code)


def long(length: int) -> str:
    return "a" * length


def token() -> str:
    return render_template_string("{{ csrf_token() }}")


def save() -> str:
    return request.form["text"][:20]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> web.Application:
    return house_with(Settings(tmp_path_factory.mktemp("house"), "sqlite:///:memory:", SECRET))


@pytest.fixture
def browser(house: web.Application) -> FlaskClient:
    return house.test_client()


@pytest.fixture(scope="module")
def guarded_house(tmp_path_factory: pytest.TempPathFactory) -> web.Application:
    """An installation behind TLS."""
    directory = tmp_path_factory.mktemp("guarded")
    return house_with(
        Settings(directory, "sqlite:///:memory:", SECRET, hosts=("dreamtree.example",), is_behind_tls=True)
    )


@pytest.fixture
def guarded(guarded_house: web.Application) -> FlaskClient:
    """A browser before an installation behind TLS."""
    return guarded_house.test_client()


def address_of(app: web.Application, name: str) -> str:
    return f"/static/{app.files[name]}"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize("is_guarded", [False, True])
def test_every_answer_has_the_headers(
    house: web.Application, browser: FlaskClient, guarded: FlaskClient, method: str, is_guarded: bool
) -> None:
    """Pages, errors, refusals before any view, redirects and static files of every kind."""
    someone, host = (guarded, "dreamtree.example") if is_guarded else (browser, "localhost")
    errors = [f"/stop/{code}" for code in CODES]
    paths = ["/long/9", "/long/9999", "/crash/x", "/busy", "/no/such/page", "/save", *errors, "/static/none.css"]
    for path in [*paths, *(f"/static/{name}" for name in house.files.values())]:
        for at in (host, "elsewhere.example"):
            with someone.open(path, method=method, base_url=f"http://{at}", headers=FORWARDED) as answer:
                shown = {name: answer.headers.get(name) for name in headers.EVERYWHERE}
                assert shown == headers.EVERYWHERE, (path, answer.status)
                assert all(len(answer.headers.getlist(name)) == 1 for name in headers.EVERYWHERE), path
                assert ("Strict-Transport-Security" in answer.headers) is is_guarded
                is_kept = answer.headers.get("Cache-Control", "no-store") != "no-store"
                assert is_kept is (path.startswith("/static/") and answer.status_code == 200)


@pytest.mark.parametrize(("asked", "code"), [({"Range": "bytes=9999999-"}, 416), ({"Range": "bytes=0-1"}, 206)])
def test_a_part_of_a_file_has_the_headers_too(
    house: web.Application, browser: FlaskClient, asked: dict[str, str], code: int
) -> None:
    with browser.get(address_of(house, "app.css"), headers=asked) as answer:
        assert answer.status_code == code
        assert {name: answer.headers.get(name) for name in headers.EVERYWHERE} == headers.EVERYWHERE


@pytest.mark.parametrize("refused", [{REFUSED: 408}, {"CONTENT_LENGTH": str(10**9)}, {"HTTP_HOST": ""}])
def test_what_is_refused_before_a_view_has_the_headers_too(browser: FlaskClient, refused: dict[str, object]) -> None:
    answer = browser.post("/save", environ_overrides=refused)
    assert answer.status_code >= 400
    assert {name: answer.headers.get(name) for name in headers.EVERYWHERE} == headers.EVERYWHERE


def test_the_policy_allows_this_host_only() -> None:
    assert headers.POLICY.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    for part in ("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in headers.POLICY
    assert "unsafe" not in headers.POLICY


def test_answers_of_views_are_not_kept_and_vary_by_fragment(browser: FlaskClient) -> None:
    answer = browser.get("/long/9")
    assert answer.headers["Cache-Control"] == "no-store"
    assert {"HX-Request-Type", "Cookie"} <= set(answer.vary)


def test_behind_tls_browsers_stay_with_it(guarded: FlaskClient) -> None:
    answer = guarded.get("/long/9", base_url="http://dreamtree.example", headers={"X-Forwarded-Proto": "https"})
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_the_csrf_cookie_is_bound_to_the_host_behind_tls(guarded: FlaskClient, browser: FlaskClient) -> None:
    cookie = guarded.get("/token", base_url="https://dreamtree.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-csrf=")
    assert all(flag in cookie for flag in ("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"))
    assert "Domain" not in cookie
    plain = browser.get("/token").headers["Set-Cookie"]
    assert plain.startswith("csrf=")
    assert "Secure" not in plain


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:evil", "["])
def test_another_host_is_refused(browser: FlaskClient, host: str) -> None:
    answer = browser.get("/long/9", headers={"Host": host})
    assert answer.status_code == 400
    assert "<h1>" in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_is_let_in(browser: FlaskClient, host: str) -> None:
    assert browser.get("/long/9", headers={"Host": host}).status_code == 200


def test_long_text_is_compressed_for_a_browser_that_can(browser: FlaskClient) -> None:
    answer = browser.get("/long/5000", headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(answer.data) < 200
    assert gzip.decompress(answer.data) == b"a" * 5000
    assert "Accept-Encoding" in answer.vary


@pytest.mark.parametrize(("length", "accepts"), [(1024, "gzip"), (5000, "identity"), (5000, "gzip;q=0")])
def test_short_text_and_other_browsers_get_it_as_it_is(browser: FlaskClient, length: int, accepts: str) -> None:
    answer = browser.get(f"/long/{length}", headers={"Accept-Encoding": accepts})
    assert "Content-Encoding" not in answer.headers
    assert len(answer.data) == length


@pytest.mark.parametrize("code", [code for code in CODES if code != 503])
def test_an_error_page_says_it_calmly(browser: FlaskClient, code: int) -> None:
    answer = browser.get(f"/stop/{code}")
    assert answer.status_code == code
    assert answer.text.count("<h1>") == 1
    assert '<main id="main"' in answer.text
    assert answer.headers["X-Request-Id"] in answer.text


@pytest.mark.parametrize("code", CODES)
def test_an_error_in_a_fragment_is_a_fragment_that_covers_no_field(browser: FlaskClient, code: int) -> None:
    answer = browser.get(f"/stop/{code}", headers=PARTIAL)
    assert answer.status_code == code
    assert "<html" not in answer.text
    assert answer.headers["HX-Retarget"] == "#notice"


def test_a_wrong_method_says_which_work(browser: FlaskClient) -> None:
    assert "GET" in browser.post("/long/9").headers["Allow"]


def test_a_crash_shows_an_id_that_is_in_the_log_and_nobodys_words(
    browser: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = browser.get(f"/crash/{WORDS}")
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    assert f"crash {answer.headers['X-Request-Id']} GET /crash/<text>" in caplog.text
    assert re.search(r"ValueError\n(.*\n)*.*test_web\.py:\d+:crash\nfrom\nKeyError\n", caplog.text)
    assert WORDS not in caplog.text
    assert WORDS not in answer.text


def test_an_exception_that_somebody_else_logs_is_printed_without_its_message(house: web.Application) -> None:
    formatter = logging.getLogger("dreamtree").handlers[0].formatter
    assert formatter is not None
    try:
        crash(WORDS)
    except ValueError as error:
        printed = formatter.formatException((type(error), error, error.__traceback__))
    assert printed.startswith("ValueError\n")
    assert WORDS not in printed


def test_queries_are_never_logged_with_their_values(tmp_path: Path) -> None:
    house_with(Settings(tmp_path, "sqlite:///:memory:", SECRET, log_level="DEBUG"))
    assert logging.getLogger("peewee").getEffectiveLevel() >= logging.WARNING
    logging.getLogger("dreamtree").setLevel("INFO")


@pytest.fixture
def json_lines(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[dict[str, object]]]]:
    """Everything that is logged, as it would be written with DREAMTREE_LOG_FORMAT=json."""
    stream, log = io.StringIO(), logging.getLogger("dreamtree")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonFormatter())
    log.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    log.removeHandler(handler)


def test_a_line_of_json_has_its_parts_and_nobodys_words(
    browser: FlaskClient, json_lines: Callable[[], list[dict[str, object]]]
) -> None:
    answer = browser.get(f"/crash/{WORDS}?q={WORDS}", headers={"User-Agent": WORDS, "Referer": f"http://x/{WORDS}"})
    lines = json_lines()
    assert {line["request"] for line in lines} == {answer.headers["X-Request-Id"]}
    assert {"method": "GET", "rule": "/crash/<text>", "status": 500}.items() <= lines[-1].items()
    assert lines[0]["level"] == "ERROR"
    assert WORDS not in repr(lines)


def test_a_method_that_nobody_knows_is_no_word_in_the_log(
    browser: FlaskClient, json_lines: Callable[[], list[dict[str, object]]]
) -> None:
    browser.open("/long/9", method="MARA")
    assert json_lines()
    assert "MARA" not in repr(json_lines())


def test_an_id_is_taken_from_a_proxy_that_is_trusted_and_from_nobody_else(browser: FlaskClient, tmp_path: Path) -> None:
    sent = {"X-Request-Id": "0123456789abcdef0123456789abcdef"}
    assert browser.get("/long/9", headers=sent).headers["X-Request-Id"] != sent["X-Request-Id"]
    behind = house_with(Settings(tmp_path, "sqlite:///:memory:", SECRET, is_behind_tls=True)).test_client()
    assert behind.get("/long/9", headers=sent | FORWARDED).headers["X-Request-Id"] == sent["X-Request-Id"]
    for words in (WORDS, "Mara Lindqvist", "a" * 65, "12"):
        assert behind.get("/long/9", headers={"X-Request-Id": words}).headers["X-Request-Id"] != words


def test_a_busy_database_asks_to_come_back(browser: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = browser.get("/busy")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "OperationalError" in caplog.text
    assert WORDS not in caplog.text


def test_an_error_page_that_fails_itself_is_still_a_page(tmp_path: Path) -> None:
    house = house_with(Settings(tmp_path, "sqlite:///:memory:", SECRET))
    house.jinja_env.globals.pop("asset")
    answer = house.test_client().get("/stop/404")
    assert answer.status_code == 404
    assert "There’s no page here" in answer.text


def post(browser: FlaskClient, token: str | None, text: str = WORDS, **options: object) -> TestResponse:
    form = {"text": text} | ({"csrf_token": token} if token else {})
    return browser.post("/save", data=form, **options)  # type: ignore[arg-type]


def test_a_form_with_its_token_is_taken_and_one_without_is_not(browser: FlaskClient) -> None:
    assert post(browser, browser.get("/token").text).status_code == 200
    for wrong in (None, "x", "AAAA", "é"):
        assert post(browser, wrong).status_code == 400


def test_a_token_looks_different_each_time_and_earlier_ones_stay_good(browser: FlaskClient) -> None:
    first, second = browser.get("/token").text, browser.get("/token").text
    assert first[:20] != second[:20]
    assert first[-20:] != second[-20:]
    assert post(browser, first).status_code == post(browser, second).status_code == 200


def test_somebody_elses_token_is_refused(house: web.Application, browser: FlaskClient) -> None:
    browser.get("/token")
    assert post(browser, house.test_client().get("/token").text).status_code == 400


def test_a_fragment_with_a_bad_token_gets_a_fresh_one_and_may_send_again(browser: FlaskClient) -> None:
    refused = post(browser, "stale", headers=PARTIAL)
    assert refused.status_code == 400
    assert refused.headers["HX-Reswap"] == "none"
    found = re.fullmatch(
        r'<div id="csrf" data-hx-swap-oob="true"><input type="hidden" name="csrf_token" value="([\w=-]+)"></div>',
        refused.text,
    )
    assert found is not None
    assert post(browser, found[1], headers=PARTIAL).status_code == 200


def test_two_megabytes_fit_and_more_is_refused(browser: FlaskClient) -> None:
    token = browser.get("/token").text
    assert post(browser, token, "a" * 1_900_000).status_code == 200
    assert post(browser, token, "a" * 2_100_000).status_code == 413


def test_static_files_are_kept_for_good_under_a_name_made_of_their_content(
    house: web.Application, browser: FlaskClient
) -> None:
    for name in ("app.css", "icons.svg", "vendor/htmx-4.0.1.min.js"):
        with browser.get(address_of(house, name), headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.status_code == 200
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.headers["Content-Encoding"] == "gzip"


def folder_with(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_styles_are_joined_in_the_order_of_their_names_and_find_their_fonts(tmp_path: Path) -> None:
    source = folder_with(
        tmp_path / "in", css__2_css="b {}", css__1_css='a { src: url("../fonts/x.woff2") }', fonts__x_woff2="font"
    )
    names = assets.build(source, tmp_path / "out")
    css = (tmp_path / "out" / names["app.css"]).read_text()
    assert css == f'a {{ src: url("{names["fonts/x.woff2"]}") }}\nb {{}}'
    assert re.fullmatch(r"fonts/x\.[0-9a-f]{10}\.woff2", names["fonts/x.woff2"])
    assert gzip.decompress((tmp_path / "out" / f"{names['app.css']}.gz").read_bytes()).decode() == css


def test_a_style_that_names_a_missing_file_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(assets.BrokenAsset, match=r"1\.css names \.\./fonts/x\.woff2"):
        assets.build(folder_with(tmp_path / "in", css__1_css="url(../fonts/x.woff2)"), tmp_path / "out")


def test_scripts_are_joined_each_in_a_block_of_its_own_tools_last(tmp_path: Path) -> None:
    source = folder_with(tmp_path / "in", js__b_js="const x = 2", js__a_js="const x = 1", js__tools__a_js="const x = 3")
    names = assets.build(source, tmp_path / "out")
    joined = (tmp_path / "out" / names["app.js"]).read_text()
    assert joined == "{\nconst x=1\n}\n{\nconst x=2\n}\n{\nconst x=3\n}"


def test_a_script_that_imports_another_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(assets.BrokenAsset, match=r"a\.js has an import or export"):
        assets.build(folder_with(tmp_path / "in", js__a_js="import './b.js'"), tmp_path / "out")


def test_own_scripts_stay_light(tmp_path: Path) -> None:
    """No more than the 12 KB that a page may fetch of them."""
    names = assets.build(ROOT / "static", tmp_path)
    assert (tmp_path / f"{names['app.js']}.gz").stat().st_size <= LIGHT


def test_a_script_with_a_text_that_is_never_closed_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(assets.BrokenAsset, match=r"a\.js: a template is never closed: 'one"):
        assets.build(folder_with(tmp_path / "in", js__a_js="const a = `one"), tmp_path / "out")


def test_a_file_is_whole_where_others_look_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that starts reads every name of the folder, while another one may be writing there."""

    def refuse(_draft: Path, _path: Path) -> None:
        seen.extend(path for path in tmp_path.rglob("out/*") if path.is_file())
        raise OSError("refused")

    seen: list[Path] = []
    source = folder_with(tmp_path / "in", css__a_css="a {}", icon_svg="<svg/>")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="refused"):
        assets.build(source, tmp_path / "out")
    assert not seen
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and tmp_path / "in" not in path.parents]


def test_the_same_content_has_the_same_name(tmp_path: Path) -> None:
    source = folder_with(tmp_path / "in", css__a_css="a {}", icon_svg="<svg/>")
    assert assets.build(source, tmp_path / "one") == assets.build(source, tmp_path / "two")
