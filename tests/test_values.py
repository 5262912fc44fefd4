"""Values as people write them, read into the unit of their series."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.intake.values import Refused, value_in_unit


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("44", "%", 44.0),
        ("44%", "%", 44.0),
        ("44 %", "%", 44.0),
        ("61.8％", "%", 61.8),
        ("６１.８％", "%", 61.8),
        ("６１．８％", "％", 61.8),
        ("44pct", "%", 44.0),
        ("5‰", "%", 0.5),
        ("0.5%", "‰", 5.0),
        ("3个百分点", "百分点", 3.0),
        ("-0.3pp", "百分点", -0.3),
        ("1,000", "亿元", 1000.0),
        ("１，０００．５", "亿元", 1000.5),
        ("1 000", "户", 1000.0),
        ("1\u202f234\u202f567.5", "户", 1234567.5),
        ("1,000亿元", "亿元", 1000.0),
        ("1,000亿元", "万元", 10_000_000.0),
        ("1,000亿元", "万亿元", 0.1),
        ("50亿", "亿元", 50.0),
        ("3500 万 元", "亿元", 0.35),
        ("12.5万", "人", 125_000.0),
        ("12.5万", "万人", 12.5),
        ("12.5万人", "人", 125_000.0),
        ("12.5万", "亿元", 0.00125),
        ("12.5万", "公里", 125_000.0),
        ("12.5万", None, 125_000.0),
        ("2千万", "元", 20_000_000.0),
        ("5千", "千克", 5000.0),
        ("5千克", "吨", 0.005),
        ("3百万吨", "万吨", 300.0),
        ("60公斤", "斤", 120.0),
        ("1公顷", "亩", 15.0),
        ("15万亩", "万公顷", 1.0),
        ("1500亩", "平方公里", 1.0),
        ("60 km²", "平方公里", 60.0),
        ("60平方千米", "公顷", 6000.0),
        ("5㎡", "平方米", 5.0),
        ("1.2公里", "m", 1200.0),
        ("3亿千瓦时", "万千瓦时", 30_000.0),
        ("3MWh", "度", 3000.0),
        ("2吉瓦", "万千瓦", 200.0),
        ("2亿立方米", "m3", 2e8),
        ("5户", "户", 5.0),
        ("12 sites", "sites", 12.0),
        ("2.5万元/人", "元/人", 25_000.0),
        ("＋５", "个", 5.0),
        ("−5", "%", -5.0),
        ("－５", "%", -5.0),
        ("  7\t", None, 7.0),
        ("1.5e3", "元", 1500.0),
        (".5", "元", 0.5),
        ("-0", "元", 0.0),
        ("0.1万", "元", 1000.0),
        ("1.1亿", "万元", 11_000.0),
    ],
)
def test_what_is_read(text: str, unit: str | None, value: float) -> None:
    """The value is exact: what can be written in a float is that float, whatever the scale."""
    found = value_in_unit(text, unit)
    assert found == value
    assert str(found) != "-0.0"


@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("", "%", "the value is missing"),
        (" 　", "%", "the value is missing"),
        ("–", "%", '"–" does not begin with a number'),
        ("nan", None, '"nan" does not begin with a number'),
        ("inf", None, '"inf" does not begin with a number'),
        ("约44%", "%", '"约44%" does not begin with a number'),
        ("三十", "人", '"三十" does not begin with a number'),
        ("--5", "%", '"--5" does not begin with a number'),
        ("1,00", "元", '"1,00" in "1,00" is not a number'),
        ("1,5", "元", '"1,5" in "1,5" is not a number'),
        ("0,123", "元", '"0,123" in "0,123" is not a number'),
        ("1,0000", "元", '"1,0000" in "1,0000" is not a number'),
        ("1.000,5", "元", '"1.000,5" in "1.000,5" is not a number'),
        ("1.000.000", "元", '"1.000.000" in "1.000.000" is not a number'),
        ("1,000 000", "元", '"1,000 000" in "1,000 000" is not a number'),
        ("12 34", "元", '"12 34" in "12 34" is not a number'),
        ("1'000", "元", '"1\'000" in "1\'000" is not a number'),
        ("5.", "元", '"5." in "5." is not a number'),
        ("1e999999999", "元", '"1e999999999" in "1e999999999" is not a number'),
        ("1_000", "元", '"1_000" is in _000, but the series is in 元'),
        ("0x10", "元", '"0x10" is in x10, but the series is in 元'),
        ("868.9①", "亿元", '"868.9①" is in ①, but the series is in 亿元'),
        ("1亿2000万", "元", '"1亿2000万" is in 亿2000万, but the series is in 元'),
        ("44%", "亿元", '"44%" is in %, but the series is in 亿元'),
        ("44%", "百分点", '"44%" is in %, but the series is in 百分点'),
        ("3百分点", "%", '"3百分点" is in 百分点, but the series is in %'),
        ("12.5万", "%", '"12.5万" is in 万, but the series is in %'),
        ("5亿美元", "亿元", '"5亿美元" is in 亿美元, but the series is in 亿元'),
        ("5吨", "公里", '"5吨" is in 吨, but the series is in 公里'),
        ("5户", "个", '"5户" is in 户, but the series is in 个'),
        ("5元", "万", '"5元" is in 元, but the series is in 万'),
        ("44%", None, '"44%" has a unit, but the series has none'),
        ("1e400", "元", '"1e400" is too large'),
        ("1e308万", "元", '"1e308万" is too large'),
        ("1e-400", "元", '"1e-400" is too small'),
    ],
)
def test_what_is_refused(text: str, unit: str | None, reason: str) -> None:
    """What cannot be the series' unit, or is no number for certain, is refused with the reason and what would do."""
    found = value_in_unit(text, unit)
    assert isinstance(found, Refused)
    assert str(found.what) == reason
    assert str(found.help)


@given(st.text(), st.none() | st.text())
def test_any_text_is_a_number_or_refused(text: str, unit: str | None) -> None:
    """Nothing that people type makes anything but a finite number or a reason."""
    found = value_in_unit(text, unit)
    assert isinstance(found, Refused) or abs(found) < float("inf")


@pytest.mark.parametrize("text", ["5" + "万" * 100_000, "9" * 100_000, "1" + ",000" * 100_000, "5" * 399 + "万万"])
def test_very_long_text_is_refused(text: str) -> None:
    """A text of any length is answered at once, and the answer is short."""
    found = value_in_unit(text, "人")
    assert isinstance(found, Refused)
    assert len(str(found.what)) < 500


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["", "%", "亿元", "千克", "户"]))
def test_a_written_number_reads_back(value: float, unit: str) -> None:
    """A number is itself in its own unit, with or without the unit behind it."""
    assert value_in_unit(f"{value!r}{unit}", unit) == value


@given(st.integers(-(10**15), 10**15), st.sampled_from(["{:,}", "{:_}"]))
def test_thousands_are_read(value: int, form: str) -> None:
    """Thousands set apart by commas or by blanks make the same number."""
    assert value_in_unit(form.format(value).replace("_", " "), "元") == value


UNITS = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8, "万亿元": 10**12}


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_scaling_is_exact(value: object, found: str, unit: str) -> None:
    """From one unit to another the result is the float nearest to the exact value."""
    assert value_in_unit(f"{value}{found}", unit) == float(Fraction(str(value)) * UNITS[found] / UNITS[unit])
