"""The corrections file: what it may say, how its mistakes are told, what it changes."""

from __future__ import annotations

import pytest
from identity_cases import extraction

from kg.errors import CorrectionError
from kg.lexicon import Lexicon
from kg.resolution import Correction, Resolver, parse_corrections, read_corrections, resolve

NOTHING = Lexicon({}, {})


def names(lines: list[str], corrections: str) -> list[tuple[str, str, int]]:
    """Class, name and number of mentions of each entity of a page, sorted."""
    resolution = resolve([extraction(tuple(lines))], parse_corrections(corrections), lexicon=NOTHING)
    return sorted((e.cls, e.name, len(e.appearances)) for e in resolution.entities)


def test_rows_keep_their_lines():
    """Each correction knows where it stands in the file."""
    text = "# a remark\n\n- merge: [澄羽, 澄羽互动]\n  because: imprint\n- ban: 新动能\n  in: a.txt\n"
    expected = (
        Correction(3, "merge", ("澄羽", "澄羽互动")),
        Correction(5, "ban", ("新动能",), document="a.txt"),
    )
    assert expected == parse_corrections(text).rows


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("merge: [a, b]", "c.yml, line 1: expected a list of corrections, each line beginning with '- '"),
        ("\n- merg: [甲, 乙]", "c.yml, line 2: unknown action 'merg'; use merge, split, rename, reclass, ban, reject"),
        ("- merge: [甲, 乙]\n  ban: 丙", "c.yml, line 1: two actions in one correction (merge, ban)"),
        ("- merge: [甲]", "c.yml, line 1: expected two or more different names in [ ]"),
        ("- merge: [甲, “甲”]", "c.yml, line 1: expected two or more different names in [ ]"),
        ("- rename: 甲", "c.yml, line 1: rename needs 'to: …'"),
        ("- ban: 甲\n  too: 乙", "c.yml, line 2: unknown key 'too' beside ban"),
        ("- reclass: 甲\n  to: Firm", "c.yml, line 2: unknown class 'Firm'"),
        ("- ban:\n    - x: y", "c.yml, line 2: expected a name"),
        ("- reject: [甲, locatedIn]", "c.yml, line 1: expected [head, relation, tail]"),
        ("- reject: 甲", "c.yml, line 1: expected [head, relation, tail]"),
        ("- reject: [甲, likes, 乙]", "c.yml, line 1: unknown relation 'likes'; relations are locatedIn, "),
        ("- reject: [甲, locatedIn, 乙]\n  in: a.txt", "c.yml, line 2: unknown key 'in' beside reject"),
        ("- just text", "c.yml, line 1: expected 'merge: [...]' or another action, found 'just text'"),
        ("- ban: [甲", "c.yml, line 1: not YAML"),
    ],
)
def test_mistakes_are_told_by_line(text, message):
    """The message names file, line, what was found and what to do."""
    with pytest.raises(CorrectionError) as caught:
        parse_corrections(text, "c.yml")
    assert str(caught.value).startswith(message)


def test_a_file_is_read(tmp_path):
    """A file with a byte order mark reads like one without."""
    (tmp_path / "c.yml").write_text("- ban: 甲\n", encoding="utf-8-sig")
    assert parse_corrections("- ban: 甲") == read_corrections(tmp_path / "c.yml")


def test_an_empty_file_corrects_nothing():
    """Remarks alone are no mistake."""
    assert parse_corrections("# nothing yet\n").rows == ()


def test_a_missing_file_is_told(tmp_path):
    """The message names the file."""
    with pytest.raises(CorrectionError, match=r"none\.yml: cannot be read"):
        read_corrections(tmp_path / "none.yml")


def test_merge():
    """Names that no rule would join become one thing."""
    expected = [("Company", "澄羽互动", 2)]
    assert expected == names(["Company: 澄羽互动, 深蓝"], "- merge: [澄羽互动, 深蓝]")


def test_merge_beats_a_stated_relation():
    """A person's word counts more than what a page seems to say."""
    lines = ["Company: 澄羽互动, 深蓝", "澄羽互动 -investsIn-> 深蓝"]
    assert names(lines, "- merge: [澄羽互动, 深蓝]") == [("Company", "澄羽互动", 2)]


def test_merge_across_pages():
    """It holds for names of different pages as well."""
    pages = [extraction(("Company: 澄羽互动",), "1"), extraction(("Company: 深蓝",), "2")]
    resolution = resolve(pages, parse_corrections("- merge: [深蓝, 澄羽互动]"), lexicon=NOTHING)
    assert [e.name for e in resolution.entities] == ["澄羽互动"]


def test_split():
    """Names that a rule would join stay two things."""
    expected = [("Company", "澄羽", 1), ("Company", "澄羽互动", 1)]
    assert expected == names(["Company: 澄羽互动, 澄羽"], "- split: [澄羽互动, 澄羽]")


def test_split_across_pages():
    """A name of one page does not bridge what is split."""
    pages = [extraction(("Company: 澄羽互动",), "1"), extraction(("Company: 澄羽互动娱乐有限公司",), "2")]
    resolution = resolve(pages, parse_corrections("- split: [澄羽互动, 澄羽互动娱乐有限公司]"), lexicon=NOTHING)
    assert len(resolution.entities) == 2


def test_rename():
    """The new name is preferred, the printed one stays."""
    corrections = parse_corrections("- rename: 澄羽\n  to: 澄羽集团")
    (entity,) = resolve([extraction(("Company: 澄羽",))], corrections, lexicon=NOTHING).entities
    assert [(n.text, n.count) for n in entity.names] == [("澄羽集团", 0), ("澄羽", 1)]


def test_reclass():
    """The class changes for the entity of that name alone."""
    expected = [("Company", "澄羽", 1), ("Park", "云岭智谷", 1)]
    assert expected == names(["Company: 澄羽, 云岭智谷"], "- reclass: 云岭智谷\n  to: Park")


def test_ban():
    """The spelling goes, longer names with it inside stay."""
    assert names(["Company: 澄羽, 澄羽互动"], "- ban: 澄羽") == [("Company", "澄羽互动", 1)]


def test_ban_takes_its_facts_along():
    """Nothing is said about a banned name."""
    page = extraction(("Company: 澄羽", "Park: 云岭智谷", "澄羽 -locatedIn-> 云岭智谷"))
    assert resolve([page], parse_corrections("- ban: 云岭智谷"), lexicon=NOTHING).facts == ()


def test_ban_in_one_document():
    """Elsewhere the name stays."""
    pages = [extraction(("Company: 澄羽",), "1"), extraction(("Company: 澄羽",), "2")]
    (entity,) = resolve(pages, parse_corrections("- ban: 澄羽\n  in: '1'"), lexicon=NOTHING).entities
    assert [a.document for a in entity.appearances] == ["2"]


def test_a_name_that_no_page_prints_is_a_warning():
    """It is told by line, and the names that are printed are not."""
    resolver = Resolver(parse_corrections("- ban: 澄羽\n- merge: [深蓝, 澄羽互动]", "c.yml"), lexicon=NOTHING)
    resolver.add(extraction(("Company: 澄羽, 澄羽互动",)))
    assert resolver.warnings() == ("c.yml, line 2: no document names 深蓝; the correction has no effect",)


def test_split_beats_a_curated_entry():
    """On one page and across pages."""
    lines = ("Company: 澄羽, 澄羽云 [company/chengyu: 澄羽, 澄羽云]",)
    pages = [extraction(lines, "1"), extraction(lines, "2")]
    resolution = resolve(pages, parse_corrections("- split: [澄羽, 澄羽云]"), lexicon=NOTHING)
    assert sorted((e.name, len(e.appearances)) for e in resolution.entities) == [("澄羽", 2), ("澄羽云", 2)]


def test_parts_of_a_curated_entity_have_ids_of_their_own():
    """No two entities share one."""
    page = extraction(("Company: 澄羽, 澄羽云 [company/chengyu: 澄羽, 澄羽云]",))
    entities = resolve([page], parse_corrections("- split: [澄羽, 澄羽云]"), lexicon=NOTHING).entities
    assert len({entity.id for entity in entities}) == 2


def test_split_reaches_short_names():
    """A name that is not the fullest of its page counts as well."""
    pages = [extraction(("Company: 澄羽互动娱乐, 澄羽互动",), "1"), extraction(("Company: 澄羽互动娱乐有限公司",), "2")]
    resolution = resolve(pages, parse_corrections("- split: [澄羽互动, 澄羽互动娱乐有限公司]"), lexicon=NOTHING)
    assert len(resolution.entities) == 2


PAGE = ("Company: 澄羽, 深蓝", "Park: 云岭智谷", "澄羽 -locatedIn-> 云岭智谷", "澄羽 -cooperatesWith-> 深蓝")


def statuses(corrections: str, *pages: tuple[str, ...]) -> dict[str, str]:
    """Status of each fact of some pages, by relation."""
    read = [extraction(lines, str(number)) for number, lines in enumerate(pages)]
    resolution = resolve(read, parse_corrections(corrections), lexicon=NOTHING)
    return {fact.type: fact.status for fact in resolution.facts}


def test_reject():
    """The fact stays on record as rejected, and no other is touched."""
    assert statuses("- reject: [澄羽, locatedIn, 云岭智谷]", PAGE) == {
        "cooperatesWith": "asserted",
        "locatedIn": "rejected",
    }


@pytest.mark.parametrize("ends", ["澄羽, cooperatesWith, 深蓝", "深蓝, cooperatesWith, 澄羽"])
def test_reject_what_holds_both_ways(ends):
    """Either end may stand first."""
    assert statuses(f"- reject: [{ends}]", PAGE)["cooperatesWith"] == "rejected"


def test_reject_takes_direction_seriously():
    """What leads the other way is another fact."""
    assert statuses("- reject: [云岭智谷, locatedIn, 澄羽]", PAGE)["locatedIn"] == "asserted"


def test_reject_on_all_pages():
    """Every page that states it is overruled, under whatever name."""
    other = ("Company: 澄羽互动, 澄羽", "Park: 云岭智谷", "澄羽互动 -locatedIn-> 云岭智谷")
    assert statuses("- reject: [澄羽, locatedIn, 云岭智谷]", PAGE, other)["locatedIn"] == "rejected"


def test_a_rejected_fact_displaces_no_other():
    """Of two facts that cannot both hold, the one that a person leaves is kept."""
    page = ("Company: 澄羽, 深蓝", "澄羽 -partOf-> 深蓝", "深蓝 -partOf-> 澄羽")
    resolution = resolve([extraction(page)], parse_corrections("- reject: [澄羽, partOf, 深蓝]"), lexicon=NOTHING)
    assert sorted(fact.status for fact in resolution.facts) == ["asserted", "rejected"]


def test_a_rejection_without_a_fact_is_a_warning():
    """It is told by line."""
    resolver = Resolver(parse_corrections("\n- reject: [澄羽, supplies, 深蓝]", "c.yml"), lexicon=NOTHING)
    resolver.add(extraction(PAGE))
    resolver.finish()
    assert resolver.warnings() == ("c.yml, line 2: no fact says 澄羽 supplies 深蓝; the correction has no effect",)
