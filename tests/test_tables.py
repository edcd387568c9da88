"""Extractions survive being saved."""

from kg.model import Document, Extraction, Mention, Observation, Passage, Proposal, Relation, Same, Span
from kg.tables import Cache, decode, encode

EXTRACTION = Extraction(
    document=Document("d", "", title="题", date="2023"),
    digest="0" * 64,
    passages=(Passage(Span(0, 5), (Span(0, 2), Span(4, 7)), "甲在\n乙园"),),
    mentions=(Mention(0, 1, "甲", "Company", 0.9, (Proposal(0, 1, "Company", 0.9, "model"),), form="甲"),),
    relations=(Relation(0, "locatedIn", 0, Span(0, 5), 0.8, "test", status="planned"),),
    observations=(Observation(0, "员工", 2.5, "人", "2.5", Span(0, 5), 0.7, "test", bound="about"),),
    same=(Same(0, 0, "test", Span(0, 5)),),
)


def test_decode_gives_back_what_encode_took():
    """Nothing is lost, and types come back as they were."""
    assert decode(encode(EXTRACTION)) == EXTRACTION


def test_cache_returns_what_was_put(tmp_path):
    """The same document finds its extraction."""
    cache = Cache(tmp_path)
    cache.put(Document("d", "甲"), EXTRACTION)
    assert cache.get(Document("d", "甲")) == EXTRACTION


def test_cache_knows_other_text_and_other_settings_as_other(tmp_path):
    """A changed page, or another way of reading, is read again."""
    Cache(tmp_path).put(Document("d", "甲"), EXTRACTION)
    assert [Cache(tmp_path).get(Document("d", "乙")), Cache(tmp_path, "x").get(Document("d", "甲"))] == [None, None]


def test_a_damaged_table_counts_as_none(tmp_path):
    """A broken file in the cache costs time, not the build."""
    cache = Cache(tmp_path)
    cache.put(Document("d", "甲"), EXTRACTION)
    next(tmp_path.rglob("*.json")).write_bytes(b"{")
    assert cache.get(Document("d", "甲")) is None
