"""Addresses without their passwords: what may be told of them, and what never."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tracker.errors import WrongUsage, say
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

_POSTGRES = re.compile(
    r"postgres(?:ql)?://"
    r"(?:(?P<user>[^:@/?#]*)(?::(?P<password>[^@/?#]*))?@)?"
    r"(?P<hosts>[^@/?#]*)(?P<path>(?:/[^@?#]*)?)(?P<query>(?:\?[^#]*)?)",
    re.IGNORECASE | re.DOTALL,
)
_HOST = re.compile(r"(?:\[[^\[\]]*\]|[^:\[\]]*)(?::\d*)?")
_PAIR = re.compile(r"(?P<key>[A-Za-z_0-9%]+)=(?P<value>.*)", re.DOTALL)
_HIDDEN_NAME = (
    r"(?:[\w.-]*(?:password|passwd|passphrase|pwd|secret|token|credential|(?:api|access|account)[_-]?key)[\w.-]*"
    r"|(?:[\w.-]*[_.-])?pass)"
)
"""The name of a setting that is a secret, wherever it stands."""
_QUERIED = r"[\w.-]*(?:key|auth|sig|signature)"
"""More of them, which in a path would be the names of folders: partition keys are written alike."""
_CONFIDENTIAL = re.compile(f"{_HIDDEN_NAME}|{_QUERIED}", re.IGNORECASE)
_PUBLIC_KEYS = {"passfile", "sslkey", "require_auth"}
"""Settings of PostgreSQL that are called like secrets: two name a file, one a method."""
_REMOTE = re.compile(r"(?P<scheme>[^:]+):/?/(?:(?P<user>[^/?#]*)@)?(?P<rest>[^?#]*)(?P<more>.*)", re.DOTALL)
_LOOSE = re.compile(
    r"//[^@]*:.*@|:[^/]*@"  # user:password@, after slashes whatever the password holds
    r"|\b(?:jdbc|postgres(?:ql)?|mysql|mariadb|mongodb|sqlserver|spark|sc|s3a?|https?|md|duckdb|sqlite):.*:.*@"
    rf"|(?<![\w.-]){_HIDDEN_NAME}[\"']?\s*[=:]|[?&;]\s*{_QUERIED}\s*=",
    re.IGNORECASE | re.DOTALL,
)
_SHORT = 4
"""A secret of fewer characters stands inside of words that have nothing to do with it."""


class Hidden(NamedTuple):
    """What an address may be called, and the texts of it that are never told."""

    shown: str
    secrets: tuple[str, ...] = ()

    def told(self, text: str) -> str:
        """Return a text in one line and without the secrets."""
        line = " ".join(text.split())
        for secret in self.secrets:
            line = _without(secret, line)
        return line


def _without(secret: str, line: str) -> str:
    if len(secret) >= _SHORT:
        return line.replace(secret, "…")
    before, after = (r"(?<!\w)" if secret[0].isalnum() else ""), (r"(?!\w)" if secret[-1].isalnum() else "")
    return re.sub(f"{before}{re.escape(secret)}{after}", "…", line)


def of_postgres(url: str) -> Hidden:
    """Return an address of PostgreSQL without its password.

    Raises `WrongUsage`, in which nothing of the address stands, where it is not certain what of it is the password.

    >>> of_postgres("postgresql://anna:geheim@db.example/plan?sslmode=verify-full").shown
    'postgresql://anna@db.example/plan?sslmode=verify-full'
    """
    found = _POSTGRES.fullmatch(url)
    query = found["query"][1:] if found else ""
    pairs = [_PAIR.fullmatch(pair) for pair in query.split("&")] if query else []
    if (
        found is None
        or None in pairs
        or not all(_HOST.fullmatch(host) for host in found["hosts"].split(","))
        or may_hold_password(found["path"])
    ):
        raise WrongUsage(
            say("the address of the PostgreSQL database cannot be read"),
            say("write postgresql://user:password@host:port/database; in a password @ : / ? # are %40 %3A %2F %3F %23"),
        )
    secrets, kept = [found["password"]], list[str]()
    for pair in pairs:
        if pair is not None and (_names_secret(unquote(pair["key"])) or may_hold_password(pair["value"])):
            secrets.append(pair["value"])
        elif pair is not None:
            kept.append(pair[0])
    user = f"{found['user']}@" if found["user"] else ""
    more = f"?{'&'.join(kept)}" if kept else ""
    scheme = url.partition(":")[0].lower()
    return Hidden(f"{scheme}://{user}{found['hosts']}{found['path']}{more}", _forms(secrets))


def _names_secret(key: str) -> bool:
    return key.lower() not in _PUBLIC_KEYS and _CONFIDENTIAL.fullmatch(key) is not None


def of_files(url: str) -> Hidden:
    """Return an address of files elsewhere without the user and without what stands behind the path, where keys stand.

    Raises `WrongUsage`, in which nothing of the address stands, where it is not certain what of it is the password.

    >>> of_files("https://data.example/a.parquet?X-Amz-Signature=1234").shown
    'https://data.example/a.parquet?…'
    """
    found = _REMOTE.fullmatch(url)
    if found is None:
        return Hidden(url)
    if may_hold_password(found["rest"]) or not _HOST.fullmatch(found["rest"].partition("/")[0]):
        raise WrongUsage(
            say("the address of the files cannot be read"),
            say("in a password @ : / ? # are written %40 %3A %2F %3F %23"),
        )
    if not (found["user"] or found["more"]):
        return Hidden(url)
    shown = f"{found['scheme']}://{found['rest']}{found['more'][:1]}{'…' if found['more'] else ''}"
    values = re.findall(r"=([^&#]+)", found["more"])
    user, _, password = (found["user"] or "").partition(":")
    # a user without a password may be a token; with one it is a name, and a word of many messages
    return Hidden(shown, _forms([url, found["more"], *values, found["user"], password or user]))


def of_spark(shown: str, parameters: str, public: Collection[str]) -> Hidden:
    """Return an address of Spark that is shown so, whose other `parameters` (`;name=value`) are secrets.

    >>> of_spark("sc://db.example/plan", ";token=geheim;user_id=anna", {"user_id"}).told("geheim of anna is wrong")
    '… of anna is wrong'
    """
    pairs = re.findall(r"([^;=]+)=([^;]+)", parameters)
    return Hidden(shown, _forms([value for name, value in pairs if name.strip().lower() not in public]))


def _forms(secrets: list[str] | list[str | None]) -> tuple[str, ...]:
    """Return secrets as they are written and as they are meant, the longest first."""
    forms = {form for secret in secrets if secret for form in (secret, unquote(secret)) if form.strip("?#")}
    return tuple(sorted(forms, key=len, reverse=True))


def may_hold_password(path: str) -> bool:
    """Tell whether what should be a path has a password: as a mistyped address, or as settings for a driver may.

    >>> may_hold_password("postgresql//anna:geheim@db/plan"), may_hold_password("host=db password=geheim")
    (True, True)
    >>> may_hold_password("md:x?motherduck_token=geheim"), may_hold_password("anna:geheim@db/plan")
    (True, True)
    >>> may_hold_password("notes@home/actuals.csv"), may_hold_password("warehouse/key=5/compass=1/*.parquet")
    (False, False)
    """
    return any(_LOOSE.search(form) for form in (path, unquote(path)))
