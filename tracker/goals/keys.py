"""The keys of goals.toml, one table of keys for each TOML table.

Reading, error messages and the JSON Schema all follow from these tables: a new key is one new row.
Required keys come first in each table.
"""

from collections.abc import Mapping
from enum import StrEnum

from tracker.assess.figures import Status
from tracker.model.actual import Quality
from tracker.model.goal import Bare, Direction, Kind, Method, Mode, Path, Repeat
from tracker.periods import Length
from tracker.tuples import NamedTuple
from tracker.wording.languages import Language

FORMAT = 1
"""The version of goals.toml that this program reads."""


class Shape:
    """What a key's value looks like in TOML; plain names, as an enumeration of so many costs a start-up."""

    FORMAT = "format"
    TEXT = "text"
    GOAL_ID = "goal id"
    SERIES_ID = "series id"
    CHOICE = "choice"
    FLAG = "flag"
    NUMBER = "number"
    COUNT = "count"
    PERIOD = "period"
    DAY = "day"
    SPAN = "span"
    PAIR = "pair"
    TEXTS = "texts"
    GOAL_IDS = "goal ids"
    SERIES_IDS = "series ids"
    FREE = "free"
    TARGET = "target"
    BASELINE = "baseline"
    STEPS = "steps"
    REVISIONS = "revisions"
    AT_LEAST = "at least"
    WEIGHTS = "weights"
    ALLOW = "allow"
    BREAKS = "breaks"
    SERIES_TABLES = "series tables"
    GOAL_TABLES = "goal tables"
    VERDICT = "verdict"
    LABELS = "labels"
    PANEL = "panel"
    IMPORT_TABLES = "import tables"
    SERIES_LABELS = "series by label"
    STORE = "store"
    COLUMNS = "columns"


class Key(NamedTuple):
    """One key: its name, what its value looks like, and one sentence about it.

    `choices` are the values of a `Shape.CHOICE`; `default` is what holds where the key is left out.
    """

    name: str
    shape: str
    sentence: str
    required: bool = False
    choices: type[StrEnum] | None = None
    default: object = None


def _table(*keys: Key) -> Mapping[str, Key]:
    return {key.name: key for key in keys}


TOP = _table(
    Key("format", Shape.FORMAT, "The version of this file's format.", required=True),
    Key("title", Shape.TEXT, "What the goals together are called."),
    Key("language", Shape.CHOICE, "The language of tables and messages.", choices=Language),
    Key("actuals", Shape.TEXT, "The path or URL of the recorded actuals.", default="actuals.csv"),
    Key("store", Shape.STORE, "Where in a database that was there before us the actuals are."),
    Key("series", Shape.SERIES_TABLES, "What is measured, one table for each series."),
    Key("goals", Shape.GOAL_TABLES, "What was promised, one table for each goal."),
    Key("verdict", Shape.VERDICT, "Whose rule gives the verdict, and its bands."),
    Key("import", Shape.IMPORT_TABLES, "How tables that come again are read, one table for each: --mapping NAME."),
)

SERIES = _table(
    Key("name", Shape.TEXT, "What people call the series; its id where left out."),
    Key("unit", Shape.TEXT, "The unit of its values, such as % or 亿元."),
    Key("kind", Shape.CHOICE, "How its values behave.", choices=Kind, default="level"),
    Key("context", Shape.FLAG, "The series is there to be read and needs no goal.", default=False),
    Key("level", Shape.SERIES_ID, "For kind growth: the level series that gives last year's shares."),
    Key("breaks", Shape.BREAKS, "The days from which it is measured otherwise, such as a census."),
    Key("rank_of", Shape.PANEL, "For kind rank: the panel it is a place in, such as urbanization/{county}."),
    Key("source", Shape.TEXT, "Who publishes the series, and where."),
    Key("url", Shape.TEXT, "Where the series can be looked up."),
    Key("note", Shape.TEXT, "What a reader of its values must know."),
)

GOAL = _table(
    Key("id", Shape.GOAL_ID, "The goal's unique id: lower-case words with '-' and '/'.", required=True),
    Key("name", Shape.TEXT, "What people call the goal; its id where left out."),
    Key("group", Shape.TEXT, "The heading the goal stands under."),
    Key("series", Shape.SERIES_ID, "What is measured; the goal's id where left out."),
    Key("sum", Shape.SERIES_IDS, "A composite goal: these series added up must meet the target."),
    Key("all", Shape.GOAL_IDS, "A composite goal: all of these goals must be reached."),
    Key("any", Shape.GOAL_IDS, "A composite goal: one of these goals must be reached."),
    Key("at_least", Shape.AT_LEAST, "A composite goal: so many of these goals must be reached."),
    Key("mean", Shape.WEIGHTS, "A composite goal: the mean of these goals, each with its weight."),
    Key("target", Shape.TARGET, "The value to reach, as a number or a table."),
    Key("due", Shape.PERIOD, "The period by whose last day the target must be met."),
    Key("baseline", Shape.BASELINE, "Where the goal starts: a period, or a table with its value."),
    Key("direction", Shape.CHOICE, "Which way is better.", choices=Direction, default="up"),
    Key("mode", Shape.CHOICE, "Met once by due, at due, or in every period until due.", choices=Mode, default="by"),
    Key("allow", Shape.ALLOW, "For mode keep: how many periods may miss it, such as 1% of them, or 2."),
    Key("path", Shape.CHOICE, "The way from baseline to target: equal amounts or equal rates.", choices=Path),
    Key("tolerance", Shape.NUMBER, "The target counts as met within this, in the series' unit.", default=0.0),
    Key("repeat", Shape.CHOICE, "One goal for each such period, from the first to the one due.", choices=Repeat),
    Key("first", Shape.PERIOD, "For a goal that repeats: its first period; the one after the baseline where left out."),
    Key("steps", Shape.STEPS, "Intermediate targets on the way to this target, which bend the path."),
    Key("revisions", Shape.REVISIONS, "What was promised before, each until a day."),
    Key(
        "limit",
        Shape.NUMBER,
        "The natural limit of a series without a target, for method statcan.",
    ),
    Key("every", Shape.SPAN, "How often a figure comes."),
    Key("lag", Shape.SPAN, "How long after a period's end its figure comes."),
    Key("owner", Shape.TEXT, "Who answers for the goal."),
    Key("tags", Shape.TEXTS, "Words to find the goal by."),
    Key("fields", Shape.FREE, "A free table that is carried into every output."),
    Key("source", Shape.TEXT, "Who promised, and where."),
    Key("url", Shape.TEXT, "Where the promise can be looked up."),
    Key("quote", Shape.TEXT, "The words of the promise."),
    Key("note", Shape.TEXT, "What a reader of the goal must know."),
)

COMPOSITE = ("all", "any", "at_least", "mean")
"""The keys of a goal that is judged by other goals; it has no series."""

MEASURED = ("series", "sum", *COMPOSITE)
"""The keys that say what a goal is judged by: a goal has one of them at most."""

NOT_COMPOSITE = (
    "target", "limit", "baseline", "steps", "tolerance", "direction", "mode", "allow", "path", "repeat", "first",
    "every", "lag",
)  # fmt: skip
"""The keys that need a series of the goal's own, so that they would do nothing in a composite goal."""

TARGETS: Mapping[str, Mapping[str, Key]] = {
    "series": _table(
        Key("series", Shape.SERIES_ID, "A moving target: the series to catch up with.", required=True),
        Key("offset", Shape.NUMBER, "What is added to that series.", default=0.0),
        Key("share", Shape.NUMBER, "What that series is multiplied by.", default=1.0),
    ),
    "times": _table(
        Key("times", Shape.NUMBER, "How many times the value of the period `of`.", required=True),
        Key("of", Shape.PERIOD, "The period whose value is multiplied.", required=True),
    ),
    "change": _table(Key("change", Shape.NUMBER, "What is added to the baseline.", required=True)),
    "growth": _table(Key("growth", Shape.NUMBER, "The yearly growth until due: 0.08 is 8 %.", required=True)),
    "between": _table(Key("between", Shape.PAIR, "The lowest and the highest value that meet it.", required=True)),
}
"""The forms of a target that are tables, by the key that tells them apart."""

BASELINE = _table(
    Key("period", Shape.PERIOD, "The period the goal starts from.", required=True),
    Key("value", Shape.NUMBER, "Its value, where no actual was recorded for it."),
)

STEP = _table(
    Key("due", Shape.PERIOD, "The period by whose last day the step must be met.", required=True),
    Key("target", Shape.NUMBER, "The value to have reached by then.", required=True),
)

REVISION = _table(
    Key("until", Shape.DAY, "The last day on which this was the promise.", required=True),
    Key("target", Shape.TARGET, "The target then; today's where left out."),
    Key("due", Shape.PERIOD, "The due then; today's where left out."),
    Key("why", Shape.TEXT, "Why the promise was changed."),
    Key("source", Shape.TEXT, "Who changed it, and where."),
)

BREAK = _table(
    Key("on", Shape.DAY, "The first day of the new footing; a period belongs where its last day lies.", required=True),
    Key("why", Shape.TEXT, "What changed, such as a census or a new method."),
    Key("link", Shape.NUMBER, "What values before it are multiplied by to be comparable with those after."),
)

AT_LEAST = _table(
    Key("count", Shape.COUNT, "How many must be reached.", required=True),
    Key("of", Shape.GOAL_IDS, "The ids of the goals that count.", required=True),
)

STORE = _table(
    Key("table", Shape.TEXT, "The table or view that holds them, such as warehouse.facts."),
    Key("columns", Shape.COLUMNS, "Which column holds what, where it is called otherwise: series = region_code."),
)

COLUMNS = _table(
    *(
        Key(name, Shape.TEXT, f"The column that holds {what}.")
        for name, what in {
            "series": "the id of the series",
            "period": "the period",
            "value": "the value",
            "quality": "the quality; final where there is none",
            "published": "the day a figure became public",
            "source": "who published it",
            "url": "the address of the source",
            "note": "what a reader must know",
            "recorded_at": "when the line was written",
            "position": "the order of writing",
        }.items()
    )
)
"""The columns of an actual, each with what a database may call it."""

VERDICT = _table(
    Key("method", Shape.CHOICE, "Whose rule gives the verdict.", choices=Method, default="chance"),
    Key("on_track", Shape.NUMBER, "A chance from here up is on track, 0 to 1.", default=2 / 3),
    Key("off_track", Shape.NUMBER, "A chance below this is off track, 0 to 1.", default=1 / 3),
    Key("labels", Shape.LABELS, "What people read in place of a status; JSON keeps the status."),
)

LABELS = _table(*(Key(status.value, Shape.TEXT, f"What people read for {status.value}.") for status in Status))
IMPORT = _table(
    Key("map", Shape.SERIES_LABELS, "The series that each label means: a table of label = series."),
    Key("sheet", Shape.TEXT, "The sheet to read, by name or by number from 1."),
    Key("range", Shape.TEXT, "The cells to read, such as B3:H20."),
    Key("encoding", Shape.TEXT, "The encoding of a text file, such as gb18030."),
    Key("as", Shape.CHOICE, "What a number without a unit in a series of percents is.", choices=Bare),
    Key("step", Shape.CHOICE, "The length of the period that a date stands for.", choices=Length),
    Key("source", Shape.TEXT, "Who publishes the table, and where."),
    Key("url", Shape.TEXT, "Where the table can be looked up."),
    Key("note", Shape.TEXT, "What a reader of its values must know."),
    Key("quality", Shape.CHOICE, "How firm its values are.", choices=Quality),
)
