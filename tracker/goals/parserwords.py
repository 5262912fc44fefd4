"""What the parser of TOML says, as sentences that can be translated; it has them in English only."""

from tracker.errors import Say, say

_REASONS = (
    say("Invalid value"),
    say("Invalid statement"),
    say("Invalid hex value"),
    say("Invalid date or datetime"),
    say("Invalid initial character for a key part"),
    say("Expected newline or end of document after a statement"),
    say("Expected '=' after a key in a key/value pair"),
    say("Expected ']' at the end of a table declaration"),
    say("Expected ']]' at the end of an array declaration"),
    say("Expected {found}"),
    say("Illegal character {found}"),
    say("Found invalid character {found}"),
    say("Unclosed array"),
    say("Unclosed inline table"),
    say("Unterminated string"),
    say("Unescaped '\\' in a string"),
    say("Cannot overwrite a value"),
    say("Cannot declare {found} twice"),
    say("Cannot redefine namespace {found}"),
    say("Cannot mutate immutable namespace {found}"),
    say("Duplicate inline table key {found}"),
)
"""What the parser says; whatever else a later one may say stays as it is."""


def reason(message: str) -> Say:
    """Return what the parser says as a sentence that can be translated."""
    for known in _REASONS:
        head, place, tail = known.text.partition("{found}")
        if message == known.text:
            return known
        if place and message.startswith(head) and message.endswith(tail):
            return known._replace(args={"found": message[len(head) : len(message) - len(tail)]})
    return say("{message}", message=message)
