CREATE TABLE tracker_actuals (
    position INTEGER PRIMARY KEY,
    series TEXT NOT NULL,
    period TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    value REAL,
    quality TEXT NOT NULL,
    published TEXT,
    source TEXT,
    url TEXT,
    note TEXT,
    recorded_at TEXT
);
CREATE INDEX tracker_actuals_by_series ON tracker_actuals (series, ends);
PRAGMA user_version = 1;
