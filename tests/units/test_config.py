"""The settings: what they are without a word from the operator, and what is said about wrong ones."""

import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from dreamtree import config
from dreamtree.config import LOCAL_HOSTS, Settings, WrongSettings, problem_of_database

SECRET = "a secret of more than thirty-two characters"


def problems_with(**environ: str) -> dict[str, str]:
    with pytest.raises(WrongSettings) as wrong:
        Settings.from_environment({f"DREAMTREE_{name}": value for name, value in environ.items()})
    return wrong.value.problems


def test_without_any_variable_it_is_an_installation_on_ones_own_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment({})
    assert settings.data_directory == tmp_path / "instance"
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/dreamtree.db"
    assert settings.hosts == LOCAL_HOSTS
    assert (settings.is_behind_tls, settings.is_shared_by_default, settings.log_level) == (False, False, "INFO")


def test_every_wrong_variable_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    wrong = {
        "DATA_DIR": str(tmp_path / "file"),
        "DATABASE_URL": "mysql://somewhere/db",
        "SECRET_KEY": "short",
        "SECRET_KEY_FALLBACKS": f"{SECRET},short",
        "HOSTS": "https://dreamtree.example/",
        "SHARED_DEVICES": "yes",
        "TLS": "on",
        "LOG_LEVEL": "LOUD",
        "LOG_FORMAT": "XML",
        "METRICS": "9100",
        "CARE_NOTE": "x" * 2001,
    }
    assert set(problems_with(**wrong)) == {f"DREAMTREE_{name}" for name in wrong}


def test_the_words_of_the_error_name_the_variable_and_not_its_value(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="DREAMTREE_SECRET_KEY: must have at least 32 characters") as wrong:
        Settings.from_environment({"DREAMTREE_DATA_DIR": str(tmp_path), "DREAMTREE_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(wrong.value)


def test_the_note_at_the_foot_of_hard_pages_is_ours_until_the_operator_writes_one(tmp_path: Path) -> None:
    environ = {"DREAMTREE_DATA_DIR": str(tmp_path), "DREAMTREE_SECRET_KEY": SECRET}
    assert "talk to someone you trust" in Settings.from_environment(environ).care_note
    said = Settings.from_environment({**environ, "DREAMTREE_CARE_NOTE": "Call *Ann* on 555."})
    assert said.care_note == "Call *Ann* on 555."


def test_lists_are_split_at_commas(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "DREAMTREE_DATA_DIR": str(tmp_path),
            "DREAMTREE_SECRET_KEY": SECRET,
            "DREAMTREE_SECRET_KEY_FALLBACKS": f"{SECRET}1, {SECRET}2",
            "DREAMTREE_HOSTS": "DreamTree.example, .school.example,[::1]",
        }
    )
    assert settings.secret_key_fallbacks == (f"{SECRET}1", f"{SECRET}2")
    assert settings.hosts == ("dreamtree.example", ".school.example", "[::1]")


def test_a_first_run_makes_a_secret_that_only_its_owner_can_read_and_keeps_it(tmp_path: Path) -> None:
    environ = {"DREAMTREE_DATA_DIR": str(tmp_path / "new")}
    first = Settings.from_environment(environ)
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert Settings.from_environment(environ).secret_key == first.secret_key


def test_no_secret_is_made_while_something_else_is_wrong(tmp_path: Path) -> None:
    assert set(problems_with(DATA_DIR=str(tmp_path), TLS="x")) == {"DREAMTREE_TLS"}
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize("place", ["/dev/null/folder", "/proc/folder"])
def test_a_folder_that_cannot_be_made_is_refused(place: str) -> None:
    assert set(problems_with(DATA_DIR=place)) == {"DREAMTREE_DATA_DIR"}


def test_a_database_without_its_secret_is_not_given_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "dreamtree.db").touch()
    assert "the database exists" in problems_with(DATA_DIR=str(tmp_path))["DREAMTREE_SECRET_KEY"]


def test_a_database_server_needs_a_secret_from_the_environment(tmp_path: Path) -> None:
    found = problems_with(DATA_DIR=str(tmp_path), DATABASE_URL="postgresql://localhost/dreamtree")
    assert set(found) == {"DREAMTREE_SECRET_KEY"}


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:/dreamtree",
        "postgresql://dreamtree:hunter%zz@db.example/dreamtree",
        "postgresql://dreamtree:hunter@2#@db.example/dreamtree",
        "postgresql://dreamtree:hunter/2@db.example/dreamtree",
        "postgresql://dreamtree:12/hunter@db.example/dreamtree",
        "postgresql://db.example:hunter/dreamtree",
        "postgresql://db.example/dreamtree?hunter=1",
        "cockroachdb://db.example/dreamtree?hunter=1",
        "sqlite://dreamtree.db",
        "sqlite:hunter",
        "postgresql",
    ],
)
def test_an_address_that_no_server_has_says_how_to_write_it_and_repeats_nothing_of_a_password(url: str) -> None:
    said = problem_of_database(url)
    assert "postgresql://" in said
    assert "hunter" not in said


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///dreamtree.db",
        "sqlite:////srv/dreamtree/dreamtree.db",
        "postgresql://",
        "postgres://db.example/dreamtree",
        "postgresql://dreamtree:hunter?2@db.example/dreamtree",
        "postgresql://dreamtree:pass%40word@db.example:5432/dreamtree?sslmode=require",
        "postgresql://dreamtree@/dreamtree?host=/run/postgresql&port=5433",
        "postgresql://dreamtree@a.example:5432,b.example:5433/dreamtree?target_session_attrs=read-write",
        "postgresql://[2001:db8::1]:5432/dreamtree",
        "cockroachdb://root@db.example:26257/dreamtree",
    ],
)
def test_an_address_that_a_server_may_have_is_taken(url: str) -> None:
    assert problem_of_database(url) == ""


def test_all_who_start_in_a_new_folder_at_once_have_one_secret(tmp_path: Path) -> None:
    start = Barrier(4)

    def begin(number: int) -> str:
        start.wait(10)
        return Settings.from_environment({"DREAMTREE_DATA_DIR": str(tmp_path / str(number))}).secret_key

    for number in range(100):
        with ThreadPoolExecutor(4) as pool:
            assert len({one.result() for one in [pool.submit(begin, number) for _ in range(4)]}) == 1
        assert [one.name for one in (tmp_path / str(number)).iterdir()] == ["secret-key"]


def test_a_secret_for_which_the_disk_has_no_room_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(config, "bring_to_disk", full)
    with pytest.raises(OSError, match="No space left"):
        Settings.from_environment({"DREAMTREE_DATA_DIR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("content", "mode"), [("cut", 0o600), (SECRET, 0o644)])
def test_a_secret_file_that_is_cut_short_or_open_to_others_is_refused(tmp_path: Path, content: str, mode: int) -> None:
    (tmp_path / "secret-key").write_text(content)
    (tmp_path / "secret-key").chmod(mode)
    assert "DREAMTREE_SECRET_KEY" in problems_with(DATA_DIR=str(tmp_path))


def test_secrets_do_not_show_when_the_settings_are_printed(tmp_path: Path) -> None:
    shown = repr(Settings(tmp_path, "postgresql://user:password@host/db", SECRET, (SECRET,)))
    assert SECRET not in shown
    assert "password" not in shown
