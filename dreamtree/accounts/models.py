"""People, how they prove who they are, and what they chose.

Flags are 0 or 1, times ISO 8601 UTC text. Nothing here opens a person's text: data keys are stored wrapped only.
"""

from peewee import CompositeKey, IntegerField, TextField

from dreamtree.db import OWNED_BY_PERSON, BaseModel, PersonModel
from dreamtree.vault import SealedField


class User(BaseModel):
    """A person, anonymous or with an account, or a sample tree. `data_key` is in hand only while a session is open.

    `time_zone` is an IANA name, "" until the browser or the person has told it. `data_version` is 0 while the profile
    is behind the answers, because a merge was broken off.
    """

    data_key: bytes | None = None

    id = TextField(primary_key=True)
    is_anonymous = IntegerField(default=1)
    is_sample = IntegerField(default=0)
    role = TextField(default="user")
    display_name = SealedField(null=True)
    time_zone = TextField(default="")
    workbook_complete = IntegerField(default=0)
    data_version = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "users"


class Auth(PersonModel):
    """One way to open an account: `type` is password, recovery or totp.

    The first two wrap the data key, each for itself. `checked_at` is when the recovery words were last typed back,
    `asked_at` when it was asked whether they can still be found.
    """

    type = TextField()
    password_hash = TextField(null=True)
    wrapped_data_key = TextField(null=True)
    checked_at = TextField(null=True)
    asked_at = TextField(null=True)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "auth"
        indexes = ((("user_id", "type"), True),)


class Email(PersonModel):
    """An address, sealed under the server's key; `lookup` is its HMAC, by which sign-in finds the person."""

    lookup = TextField(unique=True)
    email = TextField()
    is_active = IntegerField(default=1)
    added_at = TextField()

    class Meta:
        table_name = "emails"


class Session(PersonModel):
    """A browser that may open a tree. `id` is the SHA-256 of the token in its cookie, which alone unwraps the key.

    `state` is open; code while the second step of a sign-in is awaited; merge while two trees wait to be one; arrival
    while a copy is written into a new tree.
    """

    state = TextField(default="open")
    is_shared = IntegerField()
    wrapped_data_key = TextField()
    user_agent_label = TextField()
    created_at = TextField()
    last_seen_at = TextField()
    expires_at = TextField(index=True)

    class Meta:
        table_name = "sessions"


class UserSettings(BaseModel):
    """How the pages look to one person, and whether private answers are folded."""

    user_id = TextField(primary_key=True)
    background_color = TextField(default="cream")
    text_color = TextField(default="charcoal")
    font = TextField(default="system")
    personality_type = TextField(null=True)
    hides_private = IntegerField(default=0)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "user_settings"
        constraints = (OWNED_BY_PERSON,)


class UserModule(BaseModel):
    """A module a person has worked in; the row comes with the first edit, `first_completed_at` stays once set."""

    user_id = TextField()
    module_id = TextField()
    first_completed_at = TextField(null=True)
    last_modified_at = TextField()

    class Meta:
        table_name = "user_modules"
        primary_key = CompositeKey("user_id", "module_id")
        constraints = (OWNED_BY_PERSON,)


class Snooze(PersonModel):
    """A line that a person does not want to see for a while: `id` says which, `until` how long."""

    until = TextField()
    snoozed_at = TextField()

    class Meta:
        table_name = "snoozes"


class Throttle(BaseModel):
    """How often something was tried. `id` is an HMAC of what and by whom, so no address is kept."""

    id = TextField(primary_key=True)
    tries = IntegerField()
    open_at = TextField()
    tried_at = TextField(index=True)

    class Meta:
        table_name = "throttles"
