"""Files that nobody should send, made from a good one; and, run as a module, what it costs to refuse them."""

import io
import json
import os
import resource
import struct
import sys
import time
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dreamtree.archive import upload
from dreamtree.archive.bounds import LARGEST_TEXT, MOST_NESTS, MOST_PARTS
from dreamtree.archive.file_format import sum_of
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import Snapshot
from tests.copies import lock

PASSPHRASE = "a passphrase that is long enough"
OURS = "to-restore.json"
File = dict[str, Any]


def snapshot_from(raw: bytes, passphrase: str) -> Snapshot:
    """The tree in these bytes, as the page takes it from a file. Raises `BadFile`."""
    return upload.snapshot_in_text(upload.text_in(raw, passphrase))


def summed(file: File) -> bytes:
    """The file with a sum that is right, so that something else must find the fault; on one line, written fast."""
    plain = {name: value for name, value in file.items() if name != "sha256"}
    try:
        return json.dumps({**plain, "sha256": sum_of(plain)}, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        return json.dumps({**plain, "sha256": "0" * 64}).encode()


def changed(good: bytes, place: str, value: Any) -> bytes:
    """The good file with another value at `place` ("settings.font")."""
    file = json.loads(good)
    *way, last = place.split("|")
    part = file
    for step in way:
        part = part[int(step) if isinstance(part, list) else step]
    part[last] = value
    return summed(file)


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of these names and contents."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as packed, warnings.catch_warnings(action="ignore"):
        for name, text in entries:
            packed.writestr(zipfile.ZipInfo(name), text, compress_type=method)
    return target.getvalue()


ANSWER = "modules|1.1|exercises|1.1.1.v1|response_json|1.1.1.line"
FACTS = "modules|1.1|exercises|1.1.1.v1|blocks|1.1.1.line"

EXPERIENCES = "modules|1.1|exercises|1.1.2.v1|response_json|1.1.2.experiences"


def _changed_record(good: bytes, name: str, value: Callable[[File], Any], **more: Any) -> bytes:
    """The good file with another value of a record."""
    file = json.loads(good)
    one = file["tool_instances"][0]
    file["tool_instances"][0] = {**one, name: value(one), **more}
    return summed(file)


EARLIER = {"id": "x", "revision": 1, "kind": "save", "editor": "", "is_complete": True, "content_json": {}}


def _with_answers(good: bytes, count: int) -> bytes:
    """The good file with answers to questions that nobody ever asked."""
    file = json.loads(good)
    exercises = file["modules"]["1.1"]["exercises"]
    some = exercises["1.1.1.v1"]
    facts = next(iter(some["blocks"].values()))
    keys = [f"1.1.99.b{n}" for n in range(count)]
    answers = {"response_json": {key: {"value": "x"} for key in keys}}
    exercises["1.1.99.v1"] = {**some, **answers, "blocks": {key: {**facts, "id": key, "history": []} for key in keys}}
    return summed(file)


def _with_records(good: bytes, count: int) -> bytes:
    file = json.loads(good)
    one = file["tool_instances"][0]
    file["tool_instances"] += [{**one, "id": f"{one['block_key']}:x{n}", "history": []} for n in range(count)]
    return summed(file)


def _with_answer(value: Any) -> Callable[[bytes], bytes]:
    return lambda good: changed(good, f"{ANSWER}|value", value)


def _raw_answer(text: str) -> Callable[[bytes], bytes]:
    """As `_with_answer`, for what Python would not write."""
    return lambda good: changed(good, f"{ANSWER}|value", "HERE").replace(b'"HERE"', text.encode())


def _twice(good: bytes) -> bytes:
    return good.replace(b'"choices":', b'"choices": [],\n "choices":', 1)


def _same_id_twice(good: bytes) -> bytes:
    file = json.loads(good)
    blocks = file["modules"]["1.1"]["exercises"]["1.1.1.v1"]["blocks"]
    first, second, *_ = blocks
    blocks[first]["id"] = blocks[second]["id"]
    return summed(file)


def _encrypted(good: bytes) -> bytes:
    raw = bytearray(zipped((OURS, good)))
    for mark, place in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        raw[raw.index(mark) + place] |= 1
    return bytes(raw)


def _lying_size(good: bytes) -> bytes:
    """An entry that says it is small and is not."""
    raw = bytearray(zipped((OURS, b"[" + b" " * 20_000_000 + b"]")))
    for mark, place in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        at = raw.index(mark) + place
        raw[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(raw)


def _with_many_entries(good: bytes, count: int) -> bytes:
    """A ZIP file whose list names one of its entries so many times."""
    raw = zipped(("0.txt", b""), (OURS, good))
    begins, ends = (raw.index(mark) for mark in (b"PK\1\2", b"PK\5\6"))
    first = raw[begins : raw.index(b"PK\1\2", begins + 4)]
    names = b"".join(first.replace(b"0.txt", f"{n:05}".encode()) for n in range(count))
    size = len(names) + ends - begins
    return (
        raw[:begins]
        + names
        + raw[begins:ends]
        + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, size, begins, 0)
    )


def _costly_lock(good: bytes) -> bytes:
    file = json.loads(lock(good, PASSPHRASE))
    file["kdf"]["memory_kib"] = 4 * 1024 * 1024
    return json.dumps(file).encode()


def _slow_lock(good: bytes) -> bytes:
    file = json.loads(lock(good, PASSPHRASE))
    file["kdf"]["passes"] = 100_000
    return json.dumps(file).encode()


def _tampered_lock(good: bytes) -> bytes:
    file = json.loads(lock(good, PASSPHRASE))
    text = file["ciphertext"]
    file["ciphertext"] = ("A" if text[0] != "A" else "B") + text[1:]
    return json.dumps(file).encode()


def _as_full_as_is_read(_: bytes) -> bytes:
    """All that may be in a file, but of a later version."""
    objects = b'{"a":{}},' * (MOST_NESTS // 2 - 1)
    strings = b'"abc",' * (MOST_PARTS - MOST_NESTS)
    full = b'{"format":"dreamtree","a":[' + objects + strings + b'"'
    return full + b"a" * (LARGEST_TEXT - len(full) - 3) + b'"]}'


HOSTILE: Mapping[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "empty"),
    "blank": (lambda _: b" \n ", "empty"),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n" + bytes(2000), "didn’t make this file"),
    "another program's": (lambda _: b'{"format": "resume", "version": "1.0"}', "didn’t make this file"),
    "a list": (lambda _: b"[1, 2, 3]", "didn’t make this file"),
    "prose": (lambda _: b"Dear diary, today", "didn’t make this file"),
    "not UTF-8": (lambda good: good.replace(b'"2.0"', b'"\xff\xfe"'), "damaged"),
    "newer": (lambda good: changed(good, "version", "3.0"), "newer"),
    "no version": (lambda good: changed(good, "version", None), "newer"),
    "a list as version": (lambda good: changed(good, "version", ["2.0"]), "newer"),
    "wrong sum": (lambda good: good.replace(b'"sha256": "', b'"sha256": "0', 1)[:-1] + b"}", "changed"),
    "changed": (lambda good: good.replace(b"mara", b"nora", 1).replace(b"Mara", b"Nora", 1), "changed"),
    "a key twice": (_twice, "twice"),
    "an id twice": (_same_id_twice, "twice"),
    "a key too many": (lambda good: changed(good, "more", 1), "extra in this file"),
    "a key missing": (lambda good: summed({k: v for k, v in json.loads(good).items() if k != "seen"}), "missing"),
    "1e308": (_with_answer(1e308), "should be an answer"),
    "1e999": (_raw_answer("1e999"), "should be an answer"),
    "NaN": (_raw_answer("NaN"), "damaged"),
    "Infinity": (_raw_answer("-Infinity"), "damaged"),
    "a huge number": (_raw_answer("9" * 4000), "should be an answer"),
    "a huger number": (_raw_answer("9" * 100_000), "damaged"),
    "half a surrogate": (_raw_answer('"\\ud800"'), "should be an answer"),
    "NUL": (_with_answer("a\0b"), "should be an answer"),
    "NUL in a key": (lambda good: changed(good, f"{ANSWER}|a\0b", 1), "should be an answer"),
    "a list for words": (_with_answer([{"a": 1}]), "isn’t in a form we can read"),
    "an object for words": (_with_answer({"a": 1}), "isn’t in a form we can read"),
    "a number for words": (_with_answer(17), "isn’t in a form we can read"),
    "text for rows": (
        lambda good: changed(good, f"{EXPERIENCES}|rows", "rows"),
        "isn’t in a form we can read",
    ),
    "numbers for rows": (
        lambda good: changed(good, f"{EXPERIENCES}|rows", [1, 2]),
        "isn’t in a form we can read",
    ),
    "a record out of place": (lambda good: changed(good, "tool_instances|0|id", "elsewhere"), "in the wrong place"),
    "text for a revision": (lambda good: changed(good, f"{FACTS}|revision", "3"), "whole number"),
    "a revision of a billion": (lambda good: changed(good, f"{FACTS}|revision", 10**9), "up to 99,999,999"),
    "a version of a billion": (lambda good: changed(good, f"{FACTS}|version", 10**9), "up to 9,999"),
    "a key with blanks": (
        lambda good: changed(good, f"{EXPERIENCES}|rows|0|key", "a key with blanks"),
        "isn’t in a form we can read",
    ),
    "a line above its limit": (
        lambda good: changed(good, f"{EXPERIENCES}|rows|0|title", "a" * 201),
        "isn’t in a form we can read",
    ),
    "a record's key with blanks": (
        lambda good: _changed_record(good, "id", lambda one: f"{one['block_key']}:with blanks"),
        "in the wrong place",
    ),
    "a record of another tool": (
        lambda good: _changed_record(good, "tool_type", lambda _: "checklist"),
        "in the wrong place",
    ),
    "a record that nothing keeps": (
        lambda good: _changed_record(good, "id", lambda _: "1.1.1.line:a", block_key="1.1.1.line"),
        "in the wrong place",
    ),
    "a record that says which it is": (
        lambda good: _changed_record(good, "content_json", lambda one: {**one["content_json"], "key": "another"}),
        "isn’t in a form we can read",
    ),
    "20,000 answers": (lambda good: _with_answers(good, 20_000), "room for 1,000"),
    "5,000 entries": (lambda good: _with_records(good, 5_000), "room for"),
    "an endless history": (lambda good: changed(good, f"{FACTS}|history", [EARLIER] * 3_500), "room for 3,000"),
    "a negative revision": (lambda good: changed(good, f"{FACTS}|revision", -3), "whole number"),
    "a day that is not": (lambda good: changed(good, f"{FACTS}|saved_at", "2027-02-31T09:00:00.000Z"), "a time"),
    "a kind that is not": (lambda good: changed(good, f"{FACTS}|last_kind", "hacked"), "one of"),
    "a block elsewhere": (
        lambda good: changed(good, "modules|1.1|exercises|1.1.1.v1|response_json|1.3.1.line", {"value": "x"}),
        "without their dates",
    ),
    "200 deep": (
        lambda good: changed(good, f"{ANSWER}|value", "HERE").replace(b'"HERE"', b"[" * 200 + b"]" * 200),
        "more deeply",
    ),
    "30 deep": (
        lambda good: changed(good, f"{ANSWER}|value", "HERE").replace(b'"HERE"', b"[" * 30 + b"]" * 30),
        "should be an answer",
    ),
    "a million deep": (lambda _: b'{"a":' + b"[" * 1_000_000, "more in this file"),
    "half a million objects": (lambda _: b"[" + b'{"a":1},' * 500_000 + b"1]", "more in this file"),
    "four million numbers": (lambda _: b"[" + b"1," * 4_000_000 + b"1]", "more in this file"),
    "a million strings": (lambda _: b"[" + b'"",' * 1_000_000 + b"1]", "more in this file"),
    "strings of commas": (lambda _: b'["' + b',","' * 3_500_000, "more in this file"),
    "lists after a string of escapes": (
        lambda _: b'["' + b'\\\\\\"' * 999_999 + b'\\\\",' + b"[]," * 500_000,
        "more in",
    ),
    "as full as is read": (_as_full_as_is_read, "newer"),
    "a string that never ends": (lambda _: b'{"format":"dreamtree","a":"' + b'\\"' * 7_000_000, "damaged"),
    "brackets that never end a string": (lambda _: b'{"format":"dreamtree","a":"' + b"[{," * 4_500_000, "damaged"),
    "6 MB of one text": (
        lambda good: changed(good, f"{ANSWER}|value", "🌳" * 1_500_000),
        "isn’t in a form we can read",
    ),
    "15 MB": (lambda _: b'{"format":"dreamtree","a":"' + b"a" * 15 * 2**20 + b'"}', "14 MB"),
    "20 MB": (lambda _: b'{"format":"dreamtree","a":"' + b"a" * 20 * 2**20 + b'"}', "14 MB"),
    "backslashes": (lambda _: b'{"format":"dreamtree","a":"' + b"\\" * 8_000_000, "damaged"),
    "a bomb": (lambda _: zipped((OURS, b"[" + b" " * 100_000_000 + b"]")), "14 MB"),
    "a lying bomb": (_lying_size, "damaged"),
    "100,000 entries": (
        lambda good: _with_many_entries(good, 100_000),
        "didn’t make this ZIP file",
    ),
    "3,000 entries": (
        lambda good: zipped(*((f"{n}.txt", b"") for n in range(3_000)), (OURS, good)),
        "didn’t make this ZIP file",
    ),
    "a way out": (lambda good: zipped(("../../etc/passwd", b"x"), (OURS, good)), "didn’t make this ZIP file"),
    "a way out of ours": (lambda good: zipped((f"../{OURS}", good)), "didn’t make this ZIP file"),
    "an absolute name": (lambda good: zipped((f"/{OURS}", good)), "didn’t make this ZIP file"),
    "a drive": (lambda good: zipped((f"C:{OURS}", good)), "didn’t make this ZIP file"),
    "backslashes in a name": (lambda good: zipped((f"..\\{OURS}", good)), "didn’t make this ZIP file"),
    "a name twice": (lambda good: zipped((OURS, good), (OURS, good)), "didn’t make this ZIP file"),
    "encrypted": (_encrypted, "has its own password"),
    "packed another way": (lambda good: zipped((OURS, good), method=zipfile.ZIP_LZMA), "didn’t make this ZIP file"),
    "nothing of ours": (lambda _: zipped(("holiday.txt", b"sun")), "nothing to restore"),
    "only the beginning of a ZIP": (lambda good: zipped((OURS, good))[:2000], "damaged"),
    "a ZIP in a ZIP": (lambda good: zipped((OURS, zipped((OURS, good)))), "didn’t make this file"),
    "a picture with many brackets": (lambda _: b"\x89PNG\r\n\x1a\n" + b"[{" * 60 + b"\xff", "didn’t make this file"),
    "a costly lock": (_costly_lock, "didn’t lock this file"),
    "a slow lock": (_slow_lock, "didn’t lock this file"),
    "a changed lock": (_tampered_lock, "didn’t open"),
    "a lock in a lock": (lambda good: lock(lock(good, PASSPHRASE), PASSPHRASE), "didn’t make this file"),
}
"""What is wrong → how such a file is made of a good one, and words of the sentence that refuses it."""


def measured(database: Path, folder: Path) -> None:
    """Reads every file of the folder in a process of its own; prints name, sentence, seconds of work, and KiB."""
    from dreamtree.content import book
    from tests.databases import open_at

    open_at(database)
    book()
    snapshot_from((folder / "good").read_bytes(), "")  # what reading prepares once is not counted with every file
    for path in sorted(folder.iterdir()):
        sys.stdout.flush()
        if os.fork():
            os.wait()
            continue
        raw, began = path.read_bytes(), time.process_time()
        try:
            words = f"taken: {len(snapshot_from(raw, PASSPHRASE).answers)}"
        except BadFile as refused:
            words = refused.words
        seconds, memory = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        sys.stdout.write(json.dumps([path.name, words, seconds, memory]) + "\n")
        sys.stdout.flush()
        os._exit(0)


if __name__ == "__main__":
    measured(Path(sys.argv[1]), Path(sys.argv[2]))
