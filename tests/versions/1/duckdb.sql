CREATE TABLE tracker_actuals (
    position BIGINT PRIMARY KEY,
    series VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    starts DATE NOT NULL,
    ends DATE NOT NULL,
    value DOUBLE,
    quality VARCHAR NOT NULL,
    published DATE,
    source VARCHAR,
    url VARCHAR,
    note VARCHAR,
    recorded_at TIMESTAMP
);
CREATE TABLE tracker_schema (version INTEGER NOT NULL);
INSERT INTO tracker_schema VALUES (1);
