"""The file format, version 2.0: every key, what it holds, and what becomes of it on restore.

The reader goes by these tables, and the page about the format shows them. A superset of section 9 of the schema
document (001_database_schema_v2.md).
"""

import hashlib
import json
from typing import Any

from dreamtree.archive import shapes
from dreamtree.archive.shapes import (
    ANSWER,
    BLOCK,
    COUNT,
    FULL_EXERCISE,
    ID,
    JSON,
    MODULE_ID,
    MOMENT_TEXT,
    NAME,
    TEXT,
    YES_NO,
    Key,
    ListOf,
    MapOf,
    Object,
    or_null,
)
from dreamtree.workbook.history import KINDS

FORMAT = "dreamtree"
VERSION = "2.0"

KIND = shapes.one_of(*KINDS)
_WHEN = or_null(MOMENT_TEXT)

EARLIER = Object(
    "Earlier text",
    (
        Key("id", ID, "The id of this text."),
        Key("revision", COUNT, "Which revision it was."),
        Key("kind", KIND, "How it came to be."),
        Key("editor", NAME, "A random name of the page it was written on."),
        Key("is_complete", YES_NO, "Whether it was enough to go on."),
        Key("content_json", ANSWER, "What it said."),
        Key("written_at", MOMENT_TEXT, "When it was said."),
        Key("recorded_at", MOMENT_TEXT, "When a newer text took its place, or when it was refused."),
    ),
)
_STATE = (
    Key("version", COUNT, "The version of the exercise it answers."),
    Key("is_complete", YES_NO, "Whether it is enough to go on."),
    Key("revision", COUNT, "Grows by one with each change."),
    Key("last_kind", KIND, "How the present text came to be."),
    Key("saved_at", MOMENT_TEXT, "When the present text was saved."),
    Key("deleted_at", _WHEN, "When it went to the trash; null outside of it."),
    Key("history", ListOf(EARLIER), "Its earlier texts, oldest first."),
)
BLOCK_FACTS = Object(
    "Block",
    (
        Key("id", ID, "The id of the answer."),
        *_STATE,
        Key("responded_at", MOMENT_TEXT, "When it was first answered."),
    ),
)
EXERCISE = Object(
    "Exercise",
    (
        Key("first_passed_at", _WHEN, "When it was first done or set aside."),
        Key("set_aside_at", _WHEN, "When it was set aside, as long as it is."),
        Key("last_modified_at", _WHEN, "When something in it last changed; null when it has not been begun."),
        Key("responded_at", _WHEN, "When its first answer was given."),
        Key("skills", ListOf(ID), "The skills named in it: ids of the library, or of own words."),
        Key("response_json", MapOf(BLOCK, ANSWER), "What was answered, block by block."),
        Key("blocks", MapOf(BLOCK, BLOCK_FACTS), "All else about these answers, under the same keys."),
    ),
)
MODULE = Object(
    "Module",
    (
        Key("first_completed_at", _WHEN, "When it was first whole."),
        Key("last_modified_at", _WHEN, "When something in it last changed; null when nothing has."),
        Key("exercises", MapOf(FULL_EXERCISE, EXERCISE), "Its exercises, with their versions: 1.1.4.v1."),
    ),
)
INSTANCE = Object(
    "Tool instance",
    (
        Key("id", ID, "The id of the entry."),
        Key("tool_type", NAME, "The tool it was written with."),
        Key("origin", shapes.one_of("exercise", "standalone"), "Whether a block keeps it, or it stands for itself."),
        Key("block_key", or_null(BLOCK), "The block that keeps it."),
        Key("name", or_null(TEXT), "What the person calls it."),
        Key("content_json", ANSWER, "What it says."),
        Key("skills", ListOf(ID), "The skills named in it."),
        *_STATE,
        Key("created_at", MOMENT_TEXT, "When it was begun."),
        Key("updated_at", MOMENT_TEXT, "When it was last changed or moved."),
    ),
)
SETTINGS = Object(
    "Settings",
    (
        Key("background_color", NAME, "The color of the paper."),
        Key("text_color", NAME, "The color of the ink."),
        Key("font", NAME, "The typeface."),
        Key("personality_type", or_null(NAME), "The type chosen, four letters."),
        Key("hides_private", YES_NO, "Whether private answers are folded."),
        Key("display_name", or_null(TEXT), "How the person is called."),
        Key("time_zone", NAME, "The IANA name of the time zone, or empty."),
    ),
)
SEEN = Object(
    "Seen",
    (
        Key("block_key", BLOCK, "The block that was answered."),
        Key("connection_id", COUNT, "The number of the connection that showed something there."),
        Key("words", MapOf(ID, TEXT), "What it showed: the key of each item, and its words."),
        Key("has_changed", YES_NO, "Whether that reads differently by now."),
        Key("is_kept", YES_NO, "Whether the person has looked at a change and agreed."),
        Key("is_stale", YES_NO, "Whether the answer needs another look."),
        Key("updated_at", MOMENT_TEXT, "When this was last noted."),
    ),
)
CHOICE = Object(
    "Choice",
    (
        Key("block_key", BLOCK, "The block."),
        Key("connection_id", COUNT, "The number of the connection."),
        Key("is_off", YES_NO, "True: don’t use it here. False: use it again."),
        Key("chosen_at", MOMENT_TEXT, "When that was chosen."),
    ),
)
SCORE = Object(
    "Competency score",
    (
        Key("competency_id", ID, "The competency."),
        Key("score", COUNT, "The level, 1 to 5."),
        Key("assessed_at", MOMENT_TEXT, "When it was judged."),
    ),
)
CUSTOM_SKILL = Object(
    "Custom skill",
    (
        Key("id", ID, "The id of an own word for a skill."),
        Key("name", TEXT, "The word."),
        Key("category", NAME, "transferable, self_management or knowledge."),
        Key("library_skill_id", or_null(ID), "The same skill in the library, once it is there."),
    ),
)
OFFERED = Object(
    "Offered word",
    (
        Key("id", ID, "The id of the offer."),
        Key("word", TEXT, "The word that was suggested for everybody."),
        Key("category", NAME, "As in custom skills."),
        Key("status", NAME, "pending, or what became of it."),
        Key("offered_at", MOMENT_TEXT, "When it was suggested."),
    ),
)
SNOOZE = Object(
    "Snooze",
    (
        Key("id", ID, "Which line is not to be said."),
        Key("until", MOMENT_TEXT, "How long."),
        Key("snoozed_at", MOMENT_TEXT, "When that was asked for."),
    ),
)
FILE = Object(
    "The file",
    (
        Key("format", shapes.one_of(FORMAT), "What kind of file this is."),
        Key("version", shapes.one_of(VERSION), "The version of the format."),
        Key("exported_at", MOMENT_TEXT, "When the file was made."),
        Key("sha256", NAME, "The SHA-256 of all other keys, as below."),
        Key("settings", SETTINGS, "How the pages look, and how the person is called."),
        Key("competency_scores", ListOf(SCORE), "Empty until an exercise asks for them."),
        Key("modules", MapOf(MODULE_ID, MODULE), "Every answer, by module and exercise."),
        Key("tool_instances", ListOf(INSTANCE), "Entries of tools: a day, a meeting, a tool used by itself."),
        Key("custom_skills", ListOf(CUSTOM_SKILL), "Own words for skills."),
        Key("choices", ListOf(CHOICE), "Which connections are switched off."),
        Key("seen", ListOf(SEEN), "What answers were built on."),
        Key("profile", MapOf(NAME, ListOf(JSON)), "What the tree has learned, table by table, for other programs."),
        Key("offered_words", ListOf(OFFERED), "Words suggested for everybody."),
        Key("snoozes", ListOf(SNOOZE), "Lines that are not to be said for a while."),
    ),
)
OBJECTS = (
    FILE, SETTINGS, MODULE, EXERCISE, BLOCK_FACTS, EARLIER, INSTANCE, SEEN, CHOICE, CUSTOM_SKILL, OFFERED, SNOOZE, SCORE
)  # fmt: skip
"""In the order in which the page about the format tells them."""

LOCKED_FORMAT = "dreamtree-locked"
KDF = Object(
    "kdf",
    (
        Key("name", shapes.one_of("argon2id"), "How the key is made from the passphrase (RFC 9106, version 19)."),
        Key("memory_kib", COUNT, "Memory in KiB, at most 65536."),
        Key("passes", COUNT, "Passes, at most 10."),
        Key("lanes", COUNT, "Lanes, at most 8."),
        Key("salt", NAME, "16 random bytes, in Base64."),
    ),
)
LOCKED = Object(
    "The locked file",
    (
        Key("format", shapes.one_of(LOCKED_FORMAT), "What kind of file this is."),
        Key("version", shapes.one_of(VERSION), "The version of the format."),
        Key("kdf", KDF, "How the 32 bytes of the key come from the passphrase, as UTF-8 in Unicode’s form C."),
        Key("iv", NAME, "12 random bytes, in Base64."),
        Key("ciphertext", TEXT, "The plain file, sealed by AES-256-GCM, in Base64."),
    ),
)

DERIVED = ("competency_scores", "profile", "custom_skills")
"""Keys that a restore does not read: the tree learns them from the answers again."""
CHANGED_BY_RESTORE = {
    "exported_at": "The next copy is made at another time.",
    "sha256": "It follows from the rest.",
    "profile": "It is learned from the answers anew: its dates are those of the restore.",
    "custom_skills": "Words that no answer names any more are not taken along.",
    "offered_words": "What was suggested for everybody is not suggested twice.",
    "snoozes": "They belong to the tree that they were asked for in.",
}
"""Keys of a file that differ when a tree was restored from it and is saved again; every other key is the same."""


def canonical(value: Any) -> bytes:
    """JSON without blanks, keys in order, UTF-8: equal values have equal bytes."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def sum_of(file: dict[str, Any]) -> str:
    """The SHA-256 of everything in the file but the sum itself."""
    return hashlib.sha256(canonical({name: value for name, value in file.items() if name != "sha256"})).hexdigest()
