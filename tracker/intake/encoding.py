"""From the bytes of a text file to its text, in the encodings that offices write."""

from __future__ import annotations

import codecs

from tracker.errors import WrongUsage, say
from tracker.intake.sources import refuse

_BOMS = ((b"\xef\xbb\xbf", "utf-8", "UTF-8"), (b"\xff\xfe", "utf-16", "UTF-16"), (b"\xfe\xff", "utf-16", "UTF-16"))


def decoded(data: bytes, file: str, named: str | None) -> tuple[str, str]:
    """Return a text and what its encoding is called.

    A byte order mark decides, else strict UTF-8, else GB18030, which holds GBK and GB2312; `named` overrides all.
    Raises `InvalidFile` where the bytes are no such text, `WrongUsage` where no encoding has that name.
    """
    bom = next((codec for mark, codec, _ in _BOMS if data.startswith(mark)), None)
    if named is not None:
        if not _is_text(named):
            what = say('--encoding: "{name}" is not an encoding', name=named)
            raise WrongUsage(what, say("write utf-8, gb18030, utf-16 or another name that Python knows"))
        return _text(data, file, named, codecs.lookup(named).name)
    if bom is not None:
        return _text(data, file, bom, next(name for mark, _, name in _BOMS if data.startswith(mark)))
    try:
        return _whole(data.decode(), file), "UTF-8"
    except UnicodeDecodeError:
        return _text(data, file, "gb18030", "GB18030")


def _is_text(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding  # noqa: SLF001  the only way to tell; str.decode asks it too
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return False


def _text(data: bytes, file: str, codec: str, name: str) -> tuple[str, str]:
    try:
        text = data.decode(codec)
    except UnicodeError as error:
        before = data[: getattr(error, "start", 0)]
        what = say("this line is not {encoding}", encoding=name)
        advice = say("--encoding names the encoding; UTF-8, UTF-16 with its mark and GB18030 are found")
        raise refuse(file, what, advice, before.count(b"\n") + 1) from None
    return _whole(text.removeprefix("\ufeff"), file), name


def _whole(text: str, file: str) -> str:
    place = text.find("\0")
    if place >= 0:
        what = say("there is a NUL character in this line")
        advice = say("it may be UTF-16 without its mark: --encoding utf-16-le")
        raise refuse(file, what, advice, text.count("\n", 0, place) + 1)
    return text
