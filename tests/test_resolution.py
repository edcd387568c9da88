"""Which names are one thing, and what becomes of ids, facts and figures."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from identity_cases import Case, cases, extraction

from kg.errors import InputError
from kg.graph import to_graph
from kg.lexicon import Entry, Lexicon, load
from kg.model import Entity, Evidence, Extraction, Observation, Passage, Relation, Span
from kg.resolution import (
    Correction,
    Corrections,
    Resolver,
    explain,
    read_identifiers,
    resolve,
    write_identifiers,
)

NOTHING = Lexicon({}, {})


def things(case: Case) -> frozenset[frozenset[str]]:
    """What the names of a case are joined to, in the notation of the fixtures."""
    found: dict[str, set[str]] = defaultdict(set)
    several = len(case.pages) > 1
    pages = [extraction(lines, str(number)) for number, lines in enumerate(case.pages, start=1)]
    for entity in resolve(pages, lexicon=NOTHING).entities:
        for appearance in entity.appearances:
            found[entity.id].add(appearance.form + (f"@{appearance.document}" if several else ""))
    return frozenset(frozenset(names) for names in found.values())


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_same_or_not(case):
    """The names of the case are joined as it says."""
    assert case.expected == things(case)


def test_there_are_sixty_cases():
    """The corpus does not shrink."""
    assert len(cases()) >= 60


def one(*lines: str, document: str = "a", date: str = "", known=()) -> Entity:
    """The only entity of a page."""
    (entity,) = resolve([extraction(lines, document, date)], known=known, lexicon=NOTHING).entities
    return entity


def ids(*pages: Extraction, known=()) -> dict[str, str]:
    """Id by printed form."""
    entities = resolve(pages, known=known, lexicon=NOTHING).entities
    return {appearance.form: entity.id for entity in entities for appearance in entity.appearances}


def identifiers(tmp_path, *pages: Extraction, known=()):
    """The rows that a build of these pages leaves behind."""
    path = tmp_path / "identifiers.jsonl"
    write_identifiers(resolve(pages, known=known, lexicon=NOTHING), path)
    return read_identifiers(path)


# --- names and classes ----------------------------------------------------------------------------------------------


def test_the_fullest_name_is_preferred():
    """The others follow by count, then by text."""
    entity = one("Company: 澄羽, 澄羽互动娱乐有限公司, 澄羽互动", "Company: 澄羽")
    assert [(n.text, n.count) for n in entity.names] == [("澄羽互动娱乐有限公司", 1), ("澄羽", 2), ("澄羽互动", 1)]


def test_a_traditional_form_is_a_name_of_its_own():
    """It keeps its script's tag beside the Simplified one."""
    page = extraction(("Company: 商汤科技",))
    page = replace(page, mentions=(replace(page.mentions[0], form="商湯科技"),))
    (entity,) = resolve([page], lexicon=NOTHING).entities
    assert {(n.text, n.lang) for n in entity.names} == {("商汤科技", "zh-Hans"), ("商湯科技", "zh-Hant")}


def test_latin_names_are_tagged_english():
    """By their letters alone."""
    assert [n.lang for n in one("Company: Lantu Motors").names] == ["en"]


def test_a_curated_entity_is_of_the_listed_class():
    """Listed forms that no page prints count nought, and do not name it."""
    entry = Entry("company/sensetime", "Company", "商汤科技", ("商汤",), en=("SenseTime",))
    lexicon = Lexicon({entry.key: entry}, {})
    page = extraction(("Organization: 商汤 [company/sensetime: 商汤]",))
    (entity,) = resolve([page], lexicon=lexicon).entities
    names = [(n.text, n.lang, n.count) for n in entity.names]
    assert (entity.cls, names) == (
        "Company",
        [("商汤", "zh-Hans", 1), ("SenseTime", "en", 0), ("商汤科技", "zh-Hans", 0)],
    )


def called(cls: str, *names: str) -> str:
    """The preferred name of a thing whose curated full name is 青砚大赛."""
    entry = Entry("x/qingyan", cls, "青砚大赛", ("青砚赛",))
    listed = "、".join(names)
    page = extraction((f"{cls}: {listed}", *(f"[x/qingyan: {name}]" for name in names)))
    return resolve([page], lexicon=Lexicon({entry.key: entry}, {})).entities[0].name


def test_the_curated_full_name_is_preferred_where_it_is_printed():
    """Longer forms have places or legal forms added."""
    assert called("Organization", "上海青砚大赛", "青砚大赛") == "青砚大赛"


def test_else_the_fullest_form_in_print():
    """Even if the lists do not hold it."""
    assert called("Organization", "上海青砚赛", "青砚赛") == "上海青砚赛"


def test_a_curated_event_is_called_without_its_edition():
    """Pages of other years are about the same event."""
    assert [called("Event", "第七届青砚赛", "青砚赛"), called("Event", "第七届青砚大赛")] == ["青砚赛", "青砚大赛"]


def test_most_mentions_decide_the_class():
    """Where pages disagree."""
    pages = [
        extraction((f"{cls}: 云岭工业图书馆",), str(n)) for n, cls in enumerate(["Institute", "Place", "Institute"])
    ]
    (entity,) = resolve(pages, lexicon=NOTHING).entities
    assert entity.cls == "Institute"


def test_an_official_anywhere_is_an_official():
    """However often pages leave the post out."""
    pages = [
        extraction((f"{cls}: 陆怀远", "District: 徐汇区", "陆怀远 -holdsPosition-> 徐汇区"), str(n))
        for n, cls in enumerate(["Person", "Person", "Official"])
    ]
    assert "Person" not in {entity.cls for entity in resolve(pages, lexicon=NOTHING).entities}


def test_merges_keep_their_reasons():
    """Score and sentence."""
    (merge,) = one("Company: 澄羽互动娱乐, 澄羽互动").merges
    expected = ("澄羽互动", "澄羽互动娱乐", "same core name, and the trade begins with the same words", 0.93)
    assert expected == (merge.left, merge.right, merge.reason, merge.score)


def test_proposals_are_counted():
    """By source, class and reason."""
    assert one("Company: 澄羽, 澄羽互动").proposals == (("list", "Company", "a list", 2),)


def test_the_order_of_documents_does_not_matter():
    """Same input, same resolution."""
    pages = [
        extraction((line,), str(n))
        for n, line in enumerate(["Company: 澄羽", "Company: 澄羽互动, 澄羽", "Person: 李海峰"])
    ]
    assert resolve(pages, lexicon=NOTHING) == resolve(pages[::-1], lexicon=NOTHING)


def test_a_document_added_twice_counts_once():
    """The later one holds."""
    resolver = Resolver(lexicon=NOTHING)
    for line in ("Company: 澄羽", "Company: 深蓝"):
        resolver.add(extraction((line,)))
    assert [entity.name for entity in resolver.finish().entities] == ["深蓝"]


# --- ids ------------------------------------------------------------------------------------------------------------


def test_ids_are_ascii_and_tell_the_family():
    """And nothing that an IRI would have to escape."""
    page = extraction(("Company: 澄羽", "Person: 李海峰", "Park: 云岭智谷", "IndustryField: 区块链"))
    families = {re.fullmatch(r"([a-z]+)-[0-9a-f]{12}", id_)[1] for id_ in ids(page).values()}
    assert families == {"org", "person", "place", "field"}


def test_a_curated_id_is_the_entry_s_key():
    """With a hyphen for the slash."""
    assert one("Company: 商汤 [company/sensetime: 商汤]").id == "company-sensetime"


def test_curated_ids_are_unique():
    """No two keys of the shipped lists become one id."""
    keys = load().entries
    assert len({key.replace("/", "-") for key in keys}) == len(keys)


def test_other_pages_do_not_change_an_id():
    """Without any file of earlier ids, whatever the new pages are called."""
    old = extraction(("Company: 澄羽互动",), "m", "2023-05-01")
    new = [extraction(("Company: 深蓝",), name, "2023-06-01") for name in ("a", "z")]
    assert ids(old)["澄羽互动"] == ids(old, *new)["澄羽互动"]


def test_a_fuller_name_on_a_later_page_does_not_change_an_id():
    """Without any file of earlier ids."""
    old = extraction(("Company: 澄羽互动",), "m", "2023-05-01")
    new = extraction(("Company: 上海澄羽互动娱乐股份有限公司, 澄羽互动",), "a", "2023-06-01")
    assert ids(old)["澄羽互动"] == ids(old, new)["澄羽互动"]


def test_place_and_legal_form_do_not_make_an_id():
    """So that an earlier page with the full name changes nothing either."""
    assert one("Company: 澄羽互动").id == one("Company: 上海澄羽互动有限公司").id


def test_two_people_of_one_name_have_two_ids():
    """The one on the earlier page keeps the plain id."""
    first = extraction(("Person: 李海峰",), "b", "2023-01-01")
    second = extraction(("Person: 李海峰",), "a", "2023-02-01")
    entities = resolve([first, second], lexicon=NOTHING).entities
    by_page = {entity.appearances[0].document: entity.id for entity in entities}
    assert (len(set(by_page.values())), by_page["b"]) == (2, ids(first)["李海峰"])


def test_known_ids_stay_when_an_earlier_page_gives_another_name(tmp_path):
    """With the file of the last build."""
    old = extraction(("Company: 澄羽",), "m", "2023-05-01")
    known = identifiers(tmp_path, old)
    earlier = extraction(("Company: 深蓝, 澄羽", "深蓝 ~ 澄羽"), "a", "2020-01-01")
    assert ids(old)["澄羽"] == ids(old, earlier, known=known)["深蓝"]


def test_known_ids_stay_when_the_class_changes(tmp_path):
    """Even between organisation and park."""
    known = identifiers(tmp_path, extraction(("Organization: 云岭智谷",)))
    assert ids(extraction(("Park: 云岭智谷",)), known=known)["云岭智谷"] == known[0].id


def test_of_two_known_ids_the_older_stays(tmp_path):
    """When two known entities turn out to be one; the other is kept as replaced."""
    pages = [extraction(("Company: 澄羽",), "1", "2020"), extraction(("Company: 深蓝",), "2", "2021")]
    known = identifiers(tmp_path, *pages)
    joint = extraction(("Company: 澄羽, 深蓝", "澄羽 ~ 深蓝"), "3", "2022")
    (entity,) = resolve([*pages, joint], known=known, lexicon=NOTHING).entities
    assert (known[0].id, (known[1].id,)) == (entity.id, entity.replaced)


def test_a_known_id_stays_with_the_first_document_after_a_split(tmp_path):
    """When one known entity turns out to be two."""
    pages = [extraction(("Company: 深蓝",), "1"), extraction(("Company: 澄羽, 深蓝", "澄羽 ~ 深蓝"), "2")]
    known = identifiers(tmp_path, *pages)
    parts = resolve(pages, Corrections((Correction(1, "split", ("澄羽", "深蓝")),)), known, NOTHING).entities
    kept = [entity for entity in parts if entity.id == known[0].id]
    assert [entity.appearances[0].document for entity in kept] == ["1"]


def test_an_id_waits_for_its_entity(tmp_path):
    """A build that lacks an entity does not lose its id."""
    path = tmp_path / "identifiers.jsonl"
    known = ()
    for page in (extraction(("Company: 澄羽",), "1"), extraction(("Company: 深蓝",), "2")):
        write_identifiers(resolve([page], known=known, lexicon=NOTHING), path, known)
        known = read_identifiers(path)
    assert {row.names for row in read_identifiers(path)} == {("澄羽",), ("深蓝",)}


def test_building_again_writes_the_same_identifiers(tmp_path):
    """Byte for byte."""
    path = tmp_path / "identifiers.jsonl"
    page = extraction(("Company: 澄羽, 澄羽互动", "Person: 李海峰"))
    written = []
    for _ in range(2):
        known = read_identifiers(path) if path.exists() else ()
        write_identifiers(resolve([page], known=known, lexicon=NOTHING), path, known)
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_a_damaged_file_of_identifiers_is_told(tmp_path):
    """By line."""
    path = tmp_path / "identifiers.jsonl"
    path.write_text('{"id":"org-1","family":"organisation","names":[],"document":"a"}\n{oops\n')
    with pytest.raises(InputError, match=r"identifiers\.jsonl, line 2"):
        read_identifiers(path)


# --- facts and figures ----------------------------------------------------------------------------------------------


def stating(document: str, date: str, *relations: Relation, **fields) -> Extraction:
    """A page that names 澄羽 and 云岭智谷 and cites one sentence."""
    page = extraction(("Company: 澄羽, 深蓝", "Park: 云岭智谷"), document, date)
    passage = Passage(Span(0, 9), (Span(5, 14),), "澄羽落户云岭智谷。")
    return replace(page, passages=(passage,), relations=relations, **fields)


def located(confidence: float, rule: str = "r") -> Relation:
    return Relation(0, "locatedIn", 2, Span(0, 9), confidence, rule)


def test_a_fact_shows_its_sentence():
    """Document, printed offsets, quote, confidence and rule."""
    (fact,) = resolve([stating("1", "2023-01-01", located(0.8))], lexicon=NOTHING).facts
    assert fact.evidence == (Evidence("1", (Span(5, 14),), "澄羽落户云岭智谷。", 0.8, "r"),)


def test_two_documents_make_a_fact_surer():
    """Noisy-or, and as of the later page."""
    pages = [stating("1", "2023-01-01", located(0.8)), stating("2", "2022-01-01", located(0.5))]
    (fact,) = resolve(pages, lexicon=NOTHING).facts
    assert (fact.confidence, fact.as_of, [e.document for e in fact.evidence]) == (0.9, "2023-01-01", ["1", "2"])


def test_one_document_does_not_vouch_for_itself():
    """Two sentences of one page count as the better one."""
    (fact,) = resolve([stating("1", "", located(0.8), located(0.5, "s"))], lexicon=NOTHING).facts
    assert (fact.confidence, len(fact.evidence)) == (0.8, 2)


def test_nothing_is_quite_certain():
    """However many pages state it."""
    (fact,) = resolve([stating(str(n), "", located(0.9)) for n in range(9)], lexicon=NOTHING).facts
    assert fact.confidence == 0.99


def test_a_relation_of_a_thing_with_itself_is_dropped():
    """When its two ends turn out to be one."""
    page = extraction(("Company: 澄羽互动, 澄羽",))
    page = replace(page, relations=(Relation(0, "foundedBy", 1, Span(0, 9), 0.8, "r"),))
    assert resolve([page], lexicon=NOTHING).facts == ()


def test_cooperation_has_no_direction():
    """Stated both ways, it is one fact."""
    both = (
        Relation(0, "cooperatesWith", 1, Span(0, 9), 0.8, "r"),
        Relation(1, "cooperatesWith", 0, Span(0, 9), 0.8, "r"),
    )
    (fact,) = resolve([stating("1", "", *both)], lexicon=NOTHING).facts
    assert fact.head < fact.tail


def test_facts_of_another_role_or_status_are_others():
    """They are not added up."""
    relations = [
        Relation(0, "holdsPosition", 1, Span(0, 9), 0.8, "r", role=role, status=status)
        for role, status in [("主任", "asserted"), ("主任", "past"), ("书记", "asserted")]
    ]
    page = replace(extraction(("Official: 顾望之", "GovernmentBody: 云岭管委会")), relations=tuple(relations))
    assert len(resolve([page], lexicon=NOTHING).facts) == 3


def test_figures_of_two_pages_are_joined():
    """Same subject, measure, value, unit and time."""
    counted = (Observation(2, "企业数", 63.0, "家", "63", Span(0, 9), 0.8, "r", "2023"),)
    pages = [stating(str(n), "", observations=counted) for n in range(2)]
    (figure,) = resolve(pages, lexicon=NOTHING).figures
    assert (figure.value, figure.unit, figure.confidence, len(figure.evidence)) == (63.0, "家", 0.96, 2)


# --- explanations ---------------------------------------------------------------------------------------------------


def explained(name: str) -> list[str]:
    """Names of what is explained in the graph of a small page."""
    page = extraction(("Company: 澄羽互动, 澄羽, 澄羽互动娱乐", "Institute: 澄羽研究院"))
    return [explanation.name for explanation in explain(to_graph(resolve([page], lexicon=NOTHING)), name)]


def test_any_form_finds_its_entity():
    """An exact name keeps out those that only contain it."""
    assert explained("「澄羽」") == ["澄羽互动娱乐"]


def test_a_part_of_a_name_finds_all():
    """Where no entity bears it."""
    assert sorted(explained("羽")) == ["澄羽互动娱乐", "澄羽研究院"]


def test_an_unknown_name_finds_nothing():
    """Nor does an empty one."""
    assert (explained("深蓝"), explained(" ")) == ([], [])


def test_an_explanation_reads_as_text():
    """Forms, pages, proposals and reasons, a line each."""
    page = extraction(("Company: 澄羽互动, 澄羽",), "page.txt")
    (explanation,) = explain(to_graph(resolve([page], lexicon=NOTHING)), "澄羽")
    expected = f"""澄羽互动 (Company)
  {explanation.iri}
  forms:
    澄羽互动  ×1
    澄羽  ×1
  named in:
    page.txt  ×2
  proposed by:
    list as Company: a list  ×2
  held to be one:
    澄羽 = 澄羽互动: the short name is the core of the long one (0.82)"""
    assert expected == str(explanation)


def test_a_listed_short_form_of_another_class_is_not_believed():
    """Where the page's full name is not listed."""
    entity = one("Institute: 上海国联工业技术发展中心", "Park: 国联中心 [park/guolian: 国联中心]")
    assert entity.entry == ""


def fair(*names: str) -> list[tuple[str, str]]:
    """Entry and fullest printed form of the events of a page, where 青砚杯大赛 is curated."""
    entry = Entry("event/qingyan", "Event", "青砚杯大赛")
    resolution = resolve([extraction((f"Event: {', '.join(names)}",))], lexicon=Lexicon({entry.key: entry}, {}))
    return sorted((e.entry, max((a.form for a in e.appearances), key=len)) for e in resolution.entities)


def test_an_edition_of_a_curated_event_is_the_event():
    """So that pages which print the edition meet those which do not."""
    assert fair("第七届青砚杯大赛") == [("event/qingyan", "第七届青砚杯大赛")]


def test_two_editions_on_one_page_are_told_apart():
    """Curated or not."""
    assert [form for _, form in fair("第七届青砚杯大赛", "第八届青砚杯大赛")] == [
        "第七届青砚杯大赛",
        "第八届青砚杯大赛",
    ]
