"""Addresses without their passwords: what may be told of them, and what never."""

from __future__ import annotations

import re
from urllib.parse import unquote

from tracker.errors import WrongUsage, say
from tracker.tuples import NamedTuple

_POSTGRES = re.compile(
    r"postgres(?:ql)?://"
    r"(?:(?P<user>[^:@/?#]*)(?::(?P<password>[^@/?#]*))?@)?"
    r"(?P<hosts>[^@/?#]*)(?P<path>(?:/[^@?#]*)?)(?P<query>(?:\?[^#]*)?)",
    re.IGNORECASE | re.DOTALL,
)
_HOST = re.compile(r"(?:\[[^\[\]]*\]|[^:\[\]]*)(?::\d*)?")
_PAIR = re.compile(r"(?P<key>[A-Za-z_0-9%]+)=(?P<value>.*)", re.DOTALL)
_SECRET_KEYS = {"password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"}
_REMOTE = re.compile(r"(?P<scheme>[^:]+):/?/(?:(?P<user>[^/?#]*)@)?(?P<rest>[^?#]*)(?P<more>.*)", re.DOTALL)
_LOOSE = re.compile(r"(?:postgres(?:ql)?|spark|sc|s3a?|https?)\b[:/]*[^/\s]*:[^/\s]*@|\bpassword\s*=", re.IGNORECASE)


class Hidden(NamedTuple):
    """What an address may be called, and the texts of it that are never told."""

    shown: str
    secrets: tuple[str, ...] = ()

    def told(self, text: str) -> str:
        """Return a text in one line and without the secrets."""
        line = " ".join(text.split())
        for secret in self.secrets:
            line = line.replace(secret, "…")
        return line


def of_postgres(url: str) -> Hidden:
    """Return an address of PostgreSQL without its password.

    Raises `WrongUsage`, in which nothing of the address stands, where it is not certain what of it is the password.

    >>> of_postgres("postgresql://anna:geheim@db.example/plan?sslmode=verify-full").shown
    'postgresql://anna@db.example/plan?sslmode=verify-full'
    """
    found = _POSTGRES.fullmatch(url)
    query = found["query"][1:] if found else ""
    pairs = [_PAIR.fullmatch(pair) for pair in query.split("&")] if query else []
    if found is None or None in pairs or not all(_HOST.fullmatch(host) for host in found["hosts"].split(",")):
        raise WrongUsage(
            say("the address of the PostgreSQL database cannot be read"),
            say("write postgresql://user:password@host:port/database; in a password @ : / ? # are %40 %3A %2F %3F %23"),
        )
    secrets, kept = [found["password"]], list[str]()
    for pair in pairs:
        if pair is not None and unquote(pair["key"]).lower() in _SECRET_KEYS:
            secrets.append(pair["value"])
        elif pair is not None:
            kept.append(pair[0])
    user = f"{found['user']}@" if found["user"] else ""
    more = f"?{'&'.join(kept)}" if kept else ""
    scheme = url.partition(":")[0].lower()
    return Hidden(f"{scheme}://{user}{found['hosts']}{found['path']}{more}", _forms(secrets))


def of_files(url: str) -> Hidden:
    """Return an address of files elsewhere without the user and without what stands behind the path, where keys stand.

    >>> of_files("https://data.example/a.parquet?X-Amz-Signature=1234").shown
    'https://data.example/a.parquet?…'
    """
    found = _REMOTE.fullmatch(url)
    if found is None or not (found["user"] or found["more"]):
        return Hidden(url)
    shown = f"{found['scheme']}://{found['rest']}{found['more'][:1]}{'…' if found['more'] else ''}"
    values = re.findall(r"=([^&#]+)", found["more"])
    return Hidden(shown, _forms([url, found["more"], *values, *(found["user"] or "").split(":")]))


def _forms(secrets: list[str] | list[str | None]) -> tuple[str, ...]:
    """Return secrets as they are written and as they are meant, the longest first."""
    forms = {form for secret in secrets if secret for form in (secret, unquote(secret)) if form.strip("?#")}
    return tuple(sorted(forms, key=len, reverse=True))


def may_hold_password(path: str) -> bool:
    """Tell whether what should be a path is rather a mistyped address of a database, or settings for its driver.

    >>> may_hold_password("postgresql//anna:geheim@db/plan"), may_hold_password("host=db password=geheim")
    (True, True)
    >>> may_hold_password("notes@home/actuals.csv")
    False
    """
    return _LOOSE.search(path) is not None
