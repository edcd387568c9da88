"""Numbers about named things: fixture texts with the rows that a careful reader would write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import spacy
from opencc import OpenCC
from spacy.tokens import Doc

from kg.model import Block, Document, Mention, Span
from kg.observations import make_observations
from kg.observations.numerals import parse
from kg.observations.targets import is_target
from kg.observations.times import time_before

FIXTURES = Path(__file__).parent / "fixtures" / "observations"
NAME = re.compile(r"\[([^|\]]+)\|(\w+)\]")
SIMPLIFIED = OpenCC("t2s")
NLP = spacy.blank("xx")


def cases(name):
    """Title, text and rows of every case of a fixture file."""
    parts = re.split(r"^\.\n", (FIXTURES / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    for title, text, rows in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
        yield pytest.param(text, rows, id=title.strip().splitlines()[-1])


def kind(line):
    """The kind of block that a line of a fixture is."""
    if line.startswith("# "):
        return "heading"
    if line.startswith("- "):
        return "list"
    return "table" if "\t" in line else "body"


def make_doc(text):
    """A Doc with mentions, blocks and sentences, from a text with [name|Class] marks."""
    date, _, rest = text.partition("\n") if text.startswith("date: ") else ("", "", text)
    marked = SIMPLIFIED.convert(rest)
    classes = dict(NAME.findall(marked))
    plain = NAME.sub(r"\1", marked)
    doc = Doc(NLP.vocab, words=[plain], spaces=[False])
    names = sorted(classes, key=len, reverse=True)
    doc._.kg_mentions = tuple(
        Mention(match.start(), match.end(), match[0], classes[match[0]], 1.0)
        for match in re.finditer("|".join(map(re.escape, names)) or r"(?!)", plain)
    )
    lines = list(re.finditer(r"[^\n]+", plain))
    doc._.kg_blocks = tuple(blocks(lines))
    doc._.kg_sentences = tuple(
        Span(line.start() + match.start(), line.start() + match.end())
        for line in lines
        for match in re.finditer(r"[^。！？]+[。！？]*[”」]?", line[0])
    )
    doc._.kg_document = Document("page", "", date=date.removeprefix("date: "))
    return doc


def blocks(lines):
    """One block for each line; the rows of a table make one."""
    found = []
    for line in lines:
        if found and found[-1].kind == kind(line[0]) == "table":
            found[-1] = Block(found[-1].start, line.end(), "table")
        else:
            found.append(Block(line.start(), line.end(), kind(line[0])))
    return found


def observed(text):
    """Rows of subject, value, unit, time, bound."""
    doc = make_observations(NLP, "kg_observations")(make_doc(text))
    return [(doc._.kg_mentions[o.subject].name, o.value, o.unit, o.time, o.bound) for o in doc._.kg_observations]


def expected_rows(rows):
    """The rows of a fixture; what a row leaves out is not compared."""
    for row in rows.strip().splitlines():
        subject, value, *rest = (cell.strip() for cell in SIMPLIFIED.convert(row).split("|"))
        yield (subject, float(value), *rest)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        case
        for name in (
            "numbers.md",
            "nothing.md",
            "times.md",
            "subjects.md",
            "paragraphs.md",
            "notices.md",
            "features.md",
            "variety.md",
        )
        for case in cases(name)
    ],
)
def test_rows(text, rows):
    """The rows of a text are those that the fixture names, no more and no fewer."""
    expected = sorted(expected_rows(rows))
    width = {row[:3]: len(row) for row in expected}
    assert expected == sorted(row[: width.get(row[:3], 5)] for row in set(observed(text)))


def test_dense_paragraphs():
    """On dense paragraphs nine rows in ten are found, and nine found in ten are right."""
    right = written = wanted = 0
    for case in cases("dense.md"):
        text, rows = case.values
        expected = {row[:3] for row in expected_rows(rows)}
        found = {row[:3] for row in observed(text)}
        right, written, wanted = right + len(expected & found), written + len(found), wanted + len(expected)
    assert min(right / written, right / wanted) >= 0.9


def test_observation_carries_its_evidence():
    """An observation knows its sentence, its measure and the number as printed."""
    doc = make_doc("开场白。[徐汇区|District]现有智能制造企业约2.2万家。")
    (observation,) = make_observations(NLP, "kg_observations")(doc)._.kg_observations
    evidence = doc.text[observation.evidence.start : observation.evidence.end]
    expected = ("徐汇区现有智能制造企业约2.2万家。", "智能制造企业", "2.2万", "about")
    assert expected == (evidence, observation.measure, observation.printed, observation.bound)


def test_component_is_registered():
    """spaCy finds the component by its name."""
    assert "kg_observations" in spacy.blank("zh").factory_names


def test_page_without_names():
    """A page without mentions has no observations."""
    assert observed("全年完成投资30亿元。") == []


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("12", 12),
        ("2,634亿", 2634e8),
        ("三十余万", 300000),
        ("两", 2),
        ("三四十", None),
        ("一千零五", 1005),
        ("", None),
    ],
)
def test_parse(printed, value):
    """A printed number is worth what it says; loose counting is worth nothing."""
    assert value == parse(printed)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2023年6月30日", "2023-06-30"),
        ("2023年6月", "2023-06"),
        ("比2022年", ""),
        ("目前", ""),
        ("前年", "2021"),
        ("公司成立于2018年,员工", ""),
        ("2018年成立,员工", ""),
    ],
)
def test_time_before(text, time):
    """Times are ISO 8601; a year compared with is no time of the number."""
    assert time == time_before(text, 2023)


@pytest.mark.parametrize(("text", "target"), [("预计将达", True), ("预计2025年达到,目前已有", False), ("现有", False)])
def test_is_target(text, target):
    """What has been reached is no target."""
    assert target is is_target(text, 2023)
