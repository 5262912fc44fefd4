"""What differs between the engines: every other word of the SQL is the same for all of them."""

from collections.abc import Mapping

from tracker.tuples import NamedTuple


class Dialect(NamedTuple):
    """How one engine writes what the portable text leaves open; `{0}` is the expression it is about.

    `mark` stands for a bound value, `day_mark` for a bound day (ISO text). `day` makes a day of a column, `day_of`
    of a moment, `day_told` of what may be a text. `moment` makes a moment in UTC of a column that holds moments without
    a zone, `moment_zoned` with one, `moment_text` of one that holds texts, `amount` a number. `among` asks whether
    something is in one bound list, `listed` makes rows of one. `text` and `number` are the types to cast to, `quote`
    stands around names. `newest` takes a field from the line of a group that is newest, by `age`, one number that grows
    from old to new; None where a window is as good. `unreadable` has, for fields of a table of somebody else, the
    condition that a cell cannot be read, where `{1}` is the type of numbers; `is_typed` tells whether a column
    holds only what it is declared as.
    """

    mark: str
    day_mark: str
    day: str
    day_of: str
    moment: str
    moment_zoned: str
    moment_text: str
    day_told: str
    amount: str
    among: str
    listed: str
    text: str
    number: str
    quote: str = '"'
    newest: str | None = None
    age: str = ""
    is_typed: bool = True
    unreadable: Mapping[str, str] = {"position": "{0} IS NULL OR CAST({0} AS {1}) <> CAST({0} AS BIGINT)"}


SQLITE = Dialect(
    mark="?",
    day_mark="?",
    day="substr({0}, 1, 10)",
    day_of="substr({0}, 1, 10)",
    # a column may hold whatever it is declared as: see tracker.stores.sqlitecells
    moment="tracker_moment({0})",
    moment_zoned="tracker_moment({0})",
    moment_text="tracker_moment({0})",
    day_told="tracker_day({0})",
    amount="CASE WHEN typeof({0}) IN ('integer', 'real') THEN CAST({0} AS REAL) ELSE tracker_number({0}) END",
    among="{0} IN (SELECT value FROM json_each({1}))",
    listed="SELECT value AS one FROM json_each({0})",
    text="TEXT",
    number="REAL",
    is_typed=False,
    unreadable={
        "value": "CASE typeof({0}) WHEN 'null' THEN 0 WHEN 'integer' THEN 0 "
        "WHEN 'real' THEN abs({0}) > 1.7976931348623157e308 ELSE NOT tracker_is_number({0}) END",
        "published": "NOT tracker_is_day({0})",
        "recorded_at": "NOT tracker_is_moment({0})",
        "position": "CASE typeof({0}) WHEN 'integer' THEN 0 WHEN 'real' THEN CAST({0} AS INTEGER) <> {0} "
        "WHEN 'text' THEN CAST(CAST({0} AS INTEGER) AS TEXT) <> {0} ELSE 1 END",
    },
)
DUCKDB = Dialect(
    mark="?",
    day_mark="CAST(? AS DATE)",
    day="CAST({0} AS DATE)",
    day_of="CAST({0} AS DATE)",
    moment="CAST({0} AS TIMESTAMP)",
    moment_zoned="make_timestamp(epoch_us({0}))",
    # a plain cast of a text drops its zone, one with a zone takes a text without for local time
    moment_text=r"CASE WHEN regexp_matches({0}, ':.*([Zz]|[+-]\d\d(:?\d\d)?)$') "
    "THEN make_timestamp(epoch_us(CAST({0} AS TIMESTAMPTZ))) ELSE CAST({0} AS TIMESTAMP) END",
    day_told="CAST({0} AS DATE)",
    amount="CAST({0} AS DOUBLE)",
    among="{0} IN (SELECT unnest(CAST({1} AS VARCHAR[])))",
    listed="SELECT unnest(CAST({0} AS VARCHAR[])) AS one",
    text="VARCHAR",
    number="DOUBLE",
    # three times as fast as the window: days in the upper bits, then microseconds (59 bits), then the place (45)
    newest="arg_max_null({0}, age)",
    age="COALESCE(date_diff('day', DATE '0001-01-01', public) + 1, 0)::HUGEINT * 20282409603651670423947251286016 "
    "+ COALESCE(epoch_us(recorded_at) + 62135596800000001, 0)::HUGEINT * 35184372088832 + position",
)
POSTGRES = Dialect(
    mark="%s",
    day_mark="CAST(%s AS DATE)",
    day="CAST({0} AS DATE)",
    day_of="CAST({0} AS DATE)",
    moment="CAST(CAST({0} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP)",
    moment_zoned="CAST(CAST({0} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP)",
    moment_text="CAST(CAST({0} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP)",
    day_told="CAST({0} AS DATE)",
    amount="CAST({0} AS DOUBLE PRECISION)",
    among="{0} = ANY({1})",
    listed="SELECT unnest(CAST({0} AS TEXT[])) AS one",
    text="TEXT",
    number="DOUBLE PRECISION",
)
SPARK = Dialect(
    mark="?",
    day_mark="CAST(? AS DATE)",
    day="CAST({0} AS DATE)",
    day_of="CAST({0} AS DATE)",
    moment="CAST({0} AS TIMESTAMP_NTZ)",
    moment_zoned="CAST({0} AS TIMESTAMP_NTZ)",
    moment_text="CAST(CAST({0} AS TIMESTAMP) AS TIMESTAMP_NTZ)",
    day_told="CAST({0} AS DATE)",
    amount="CAST({0} AS DOUBLE)",
    among="{0} IN (SELECT explode(from_json({1}, 'array<string>')))",
    listed="SELECT explode(from_json({0}, 'array<string>')) AS one",
    text="STRING",
    number="DOUBLE",
    quote="`",
)
