"""kg.documents: files, encodings, front matter, HTML, JSON Lines, metadata."""

from __future__ import annotations

import gzip
import io
import json
from itertools import islice
from pathlib import Path

import pytest

from kg.documents import Failure, read
from kg.documents.dates import normalise
from kg.errors import InputError
from kg.model import Document, Span

ARTICLE = "滨江某园区迎来三家新企业。\n它们将在年内开工，主攻智能芯片与海洋装备，预计带来八百个岗位。\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only(paths: object, **options: str) -> Document:
    [document] = read([paths] if isinstance(paths, str | Path) else paths, **options)
    assert isinstance(document, Document), document
    return document


def failure(path: Path, **options: str) -> Failure:
    [found] = read([path], **options)
    assert isinstance(found, Failure), found
    return found


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
def test_encodings_of_simplified_text_are_told_apart(tmp_path, codec):
    """The text is the same whatever the file's encoding."""
    assert only(write(tmp_path, "a.txt", ARTICLE.encode(codec))).text == ARTICLE


@pytest.mark.parametrize("codec", ["big5", "big5hkscs", "utf-8", "utf-16"])
def test_encodings_of_traditional_text_are_told_apart(tmp_path, codec):
    """Big5 is not taken for GB18030."""
    text = "濱江園區昨日迎來三家新企業，主攻智能晶片與海洋裝備，預計為當地帶來八百個職位。\n"
    assert text == only(write(tmp_path, "a.txt", text.encode(codec))).text


def test_encoding_can_be_given(tmp_path):
    """--encoding wins over detection."""
    path = write(tmp_path, "a.txt", "園區".encode("big5"))
    assert only(path, encoding="big5").text == "園區"


def test_wrong_encoding_is_a_failure_that_names_the_way_out(tmp_path):
    """A file that is not in the encoding named does not end the run."""
    found = failure(write(tmp_path, "a.txt", ARTICLE.encode("gbk")), encoding="utf-8")
    assert "--encoding" in found.reason


def test_unknown_encoding_is_the_users_mistake(tmp_path):
    """It is told before anything is read."""
    with pytest.raises(InputError, match="klingon"):
        read([write(tmp_path, "a.txt", ARTICLE)], encoding="klingon")


def test_line_breaks_are_kept(tmp_path):
    """Offsets count in the file's own characters."""
    assert only(write(tmp_path, "a.txt", "甲。\r\n乙。\r丙。")).text == "甲。\r\n乙。\r丙。"


def test_a_damaged_byte_costs_one_character(tmp_path):
    """A UTF-8 file with a stray byte is still read as UTF-8."""
    data = (ARTICLE * 20).encode()
    assert only(write(tmp_path, "a.txt", data + b"\xe6\x0a")).text.startswith(ARTICLE)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"%PDF-1.7\n\x00\x01", "PDF"),
        (b"PK\x03\x04\x00\x00", "Office"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"ab\x00\x00\x00cd\x00\x01", "zero bytes"),
        (b"---\ntitle: A\n---\n", "front matter"),
        (b"<html><body><script>x()</script></body></html>", "HTML"),
    ],
)
def test_what_is_no_article_is_a_failure(tmp_path, content, reason):
    """Each is named with what was found."""
    assert reason in failure(write(tmp_path, "a.txt", content)).reason


def test_one_bad_file_costs_no_other(tmp_path):
    """The others are read, in order."""
    write(tmp_path, "1.txt", ARTICLE)
    write(tmp_path, "2.txt", b"")
    write(tmp_path, "3.txt", ARTICLE)
    assert [type(item).__name__ for item in read([tmp_path])] == ["Document", "Failure", "Document"]


def test_folders_are_read_with_all_below_them_by_name(tmp_path):
    """Hidden files and other kinds are left out; ids are paths below the folder."""
    for name in ("b.txt", "a/c.md", "a.html", ".git/x.txt", "style.css"):
        write(tmp_path, name, ARTICLE)
    assert [item.id for item in read([tmp_path])] == ["a.html", "a/c.md", "b.txt"]


def test_word_and_pdf_files_in_a_folder_are_named(tmp_path):
    """A user who puts one there is told that it is not read."""
    write(tmp_path, "a.txt", ARTICLE)
    write(tmp_path, "b.docx", b"PK")
    assert "Word" in list(read([tmp_path]))[1].reason


def test_missing_path_is_the_users_mistake():
    """It is told before anything is read, not when the stream gets there."""
    with pytest.raises(InputError, match=r"nowhere\.txt: no such file"):
        read(["nowhere.txt"])


def test_folder_without_articles_is_the_users_mistake(tmp_path):
    """The message names what would be read."""
    with pytest.raises(InputError, match=r"\.jsonl\.gz"):
        read([tmp_path])


def test_ids_are_unique(tmp_path):
    """Two files of one name are told apart by their paths."""
    one, two = write(tmp_path, "x/a.txt", ARTICLE), write(tmp_path, "y/a.txt", ARTICLE)
    assert ["a.txt", str(two), f"{one}", f"{one}~2"] == [item.id for item in read([one, two, one, one])]


def test_standard_input(monkeypatch):
    """``-`` reads one text."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert ((d := only("-")).text, d.id, d.path) == (ARTICLE, "stdin", "-")


def test_standard_input_may_be_json_lines(monkeypatch):
    """An object in the first line says so."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps({"id": "n1", "text": ARTICLE}).encode())))
    assert only("-").id == "n1"


def record(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def test_json_lines(tmp_path):
    """All fields are taken; the title stands on top of the text."""
    line = record(id="n1", title="三家企业落地", date="20230506", text=ARTICLE, url="https://example.org/1")
    document = only(write(tmp_path, "a.jsonl", line))
    assert (
        Document(
            id="n1",
            text=f"三家企业落地\n\n{ARTICLE}",
            path=f"{tmp_path / 'a.jsonl'}:1",
            title="三家企业落地",
            date="2023-05-06",
            url="https://example.org/1",
        )
        == document
    )


@pytest.mark.parametrize("bad", ["{", "[1]", '{"id": 1}', '{"text": ""}', '{"text": 3}'])
def test_bad_lines_are_named_and_cost_no_other(tmp_path, bad):
    """The line number counts blank lines too."""
    path = write(tmp_path, "a.jsonl", "\n".join([record(id="1", text=ARTICLE), "", bad, record(id="2", text=ARTICLE)]))
    first, found, last = read([path])
    assert (first.id, last.id) == ("1", "2")
    assert found.reason.startswith("line 3: ")


def test_json_lines_without_ids_are_numbered(tmp_path):
    """File and line name the document."""
    path = write(tmp_path, "a.jsonl", f"{record(text=ARTICLE)}\n{record(text=ARTICLE)}")
    assert [item.id for item in read([path])] == ["a.jsonl:1", "a.jsonl:2"]


def test_gzipped_json_lines(tmp_path):
    """.jsonl.gz is unpacked on the way."""
    path = write(tmp_path, "a.jsonl.gz", gzip.compress(record(id="1", text=ARTICLE).encode()))
    assert only(path).text == ARTICLE


def test_a_cut_gzip_file_keeps_what_can_be_read(tmp_path):
    """The loss of the rest is told."""
    lines = "\n".join(record(id=str(n), text=f"{ARTICLE}{n * 7919}") for n in range(3000))
    path = write(tmp_path, "a.jsonl.gz", gzip.compress(lines.encode())[:-2000])
    items = list(read([path]))
    assert isinstance(items[0], Document)
    assert "breaks off" in items[-1].reason


def test_what_is_not_gzip_is_a_failure(tmp_path):
    """A page of text called .jsonl.gz has no line that is JSON."""
    assert "line 1" in failure(write(tmp_path, "a.jsonl.gz", ARTICLE.split("\n", maxsplit=1)[0])).reason


def test_documents_stream(tmp_path):
    """The first document is there before the last line is read."""
    path = write(tmp_path, "a.jsonl", "\n".join(record(id=str(n), text=ARTICLE) for n in range(9)))
    stream = read([path])
    assert [item.id for item in islice(stream, 2)] == ["0", "1"]
    stream.close()


FRONT = "---\ntitle: 某中心成立\nauthor: 李某\nsource: 某报\ndate: {date}\ntags:\n  - 要闻\n---\n\n"


@pytest.mark.parametrize("mark", ["", "\ufeff", "\n\n"])
def test_front_matter(tmp_path, mark):
    """It is metadata; the text stays whole, the body begins behind it."""
    text = mark + FRONT.format(date="2023-05-06") + ARTICLE
    document = only(write(tmp_path, "a.md", text))
    assert (
        document.title,
        document.author,
        document.publisher,
        document.date,
    ) == ("某中心成立", "李某", "某报", "2023-05-06")
    assert document.text == text.lstrip("\ufeff")
    assert document.body is not None
    assert document.text[slice(*document.body)].strip() == ARTICLE.strip()


def test_front_matter_that_is_no_yaml_loses_no_field(tmp_path):
    """Two colons in a title are common."""
    document = only(write(tmp_path, "a.md", f"---\ntitle: 甲公司: 乙项目\ndate: 2023-05-06\n---\n{ARTICLE}"))
    assert (document.title, document.date) == ("甲公司: 乙项目", "2023-05-06")


def test_a_rule_is_no_front_matter(tmp_path):
    """Text between two rules without fields belongs to the article."""
    assert only(write(tmp_path, "a.md", f"---\n第一部分\n---\n{ARTICLE}")).body is None


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>园区上新 - 某某网</title>{meta}
<style>p {{ color: red }}</style></head><body>
<nav><a href="/">首页</a></nav>
<h1>园区上新</h1><div class="info">2023年5月6日 09:30 来源：某某日报 作者：王小明</div>
<div class="content"><p>甲公司在<b>某园区</b>开工，<br>投资两亿元，这一项目将分三期建成。</p>
<p>乙公司随后签约。</p><ul><li>丙项目</li><li>丁项目</li></ul>
<table><tr><td></td><td>2021年</td><td>2022年</td></tr>
<tr><td>企业数</td><td>120</td><td>150</td></tr></table></div>
<div class="share-box">分享到微信</div><aside>相关阅读</aside>
<footer>版权所有</footer><script>track()</script></body></html>"""


def html(folder: Path, meta: str = "", charset: str = "utf-8") -> Document:
    page = PAGE.format(meta=meta, charset=charset)
    return only(write(folder, "a.html", page.encode("gb18030" if charset == "gb2312" else charset)))


def test_html_text(tmp_path):
    """Paragraphs, breaks, items and cells are kept apart; what is no article is left out."""
    assert html(tmp_path).text == (
        "园区上新\n\n甲公司在某园区开工，\n投资两亿元，这一项目将分三期建成。\n\n"
        "乙公司随后签约。\n\n• 丙项目\n\n• 丁项目\n\n"
        "\t2021年\t2022年\n企业数\t120\t150"
    )


def test_html_metadata_from_by_lines(tmp_path):
    """Where meta tags are silent, the line under the headline tells."""
    document = html(tmp_path)
    assert (
        document.title,
        document.date,
        document.author,
        document.publisher,
    ) == ("园区上新", "2023-05-06", "王小明", "某某日报")


def test_html_metadata_from_meta_tags(tmp_path):
    """Meta tags are believed first."""
    meta = '<meta name="PubDate" content="2023-05-07 10:00"><meta name="ContentSource" content="市府网">'
    document = html(tmp_path, meta)
    assert (document.date, document.publisher) == ("2023-05-07", "市府网")


def test_html_in_a_declared_encoding(tmp_path):
    """gb2312 in a page means GB18030."""
    assert "甲公司" in html(tmp_path, charset="gb2312").text


def test_html_in_a_text_file_is_read_as_html(tmp_path):
    """Front matter may stand before it."""
    text = "---\ntitle: 某中心成立\n---\n<div>\n<p>某中心<strong>昨日</strong>成立。</p><p>第二段。</p></div>"
    document = only(write(tmp_path, "a.txt", text))
    assert (document.text, document.body) == ("某中心成立\n\n某中心昨日成立。\n\n第二段。", None)


def test_deep_html_is_no_problem(tmp_path):
    """Pages made to break parsers do not."""
    assert only(write(tmp_path, "a.html", "<div>" * 20_000 + "甲公司开工。")).text == "甲公司开工。"


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("Sat, 16 Oct 2021 17:55:00 GMT", "2021-10-16"),
        ("2021年10月16日", "2021-10-16"),
        ("2021/10/6 8:05", "2021-10-06"),
        ("2021.10.06", "2021-10-06"),
        ("20220924", "2022-09-24"),
        ("2022-09-24T08:00:00+08:00", "2022-09-24"),
        ("二〇二三年十二月三十一日", "2023-12-31"),
        ("2023年3月", "2023-03"),
        ("2023", "2023"),
        ("1683336600", "2023-05-06"),
        ("2023-02-30", ""),
        ("昨天", ""),
        ("", ""),
    ],
)
def test_dates(printed, iso):
    """Every usual form becomes ISO 8601; what is no date becomes nothing."""
    assert iso == normalise(printed)


@pytest.mark.parametrize(
    "line",
    ["2023年5月6日", "发布时间：2023-05-06 10:20  来源：某某发布", "（2023年05月06日 星期六 第3版）"],
)
def test_dates_of_publication_in_plain_text(tmp_path, line):
    """A short line with little but a date tells it."""
    assert only(write(tmp_path, "a.txt", f"园区上新\n{line}\n\n{ARTICLE}")).date == "2023-05-06"


def test_dates_in_sentences_are_not_the_day_of_publication(tmp_path):
    """What happened in 2019 was not printed then."""
    assert only(write(tmp_path, "a.txt", f"2019年5月6日，某中心在滨江启用。{ARTICLE}")).date == ""


def test_dates_in_file_names(tmp_path):
    """They tell where the page does not."""
    assert only(write(tmp_path, "20230506_shanghai.txt", ARTICLE)).date == "2023-05-06"


def test_by_lines_in_traditional_script(tmp_path):
    """Reporter and paper are told from a Hong Kong by-line."""
    document = only(write(tmp_path, "a.txt", f"園區上新\n\n◆某某日報記者 陳大文 上海報道\n\n{ARTICLE}"))
    assert (document.author, document.publisher) == ("陳大文", "某某日報")


def test_plain_files_have_no_body_span_without_front_matter(tmp_path):
    """The title is the first short line."""
    document = only(write(tmp_path, "a.txt", f"园区上新\n\n{ARTICLE}"))
    assert (document.title, document.body) == ("园区上新", None)
    assert Span(0, 2) != document.body
