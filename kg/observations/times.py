"""When a number held: the year, date or interval that the text gives with it, in ISO 8601."""

from __future__ import annotations

import re

_YEAR = r"((?:19|20)(?<![\d比较]..)(?<![立始建办生]于..)\d\d)"
_INTERVAL = re.compile(_YEAR + r"年?\s*(?:至|到|[-–—－~～]+)\s*((?:19|20)\d\d)年")
_FOUNDED = (
    r"(?![^，,。；;]{0,20}(?:成立|创办|创立|创建|设立|挂牌|启用|揭牌|发起|开始|以来|至今|起)[^，,。；;]{0,12}[，,；;])"
)
"""Behind a year that says when something began, and not when the number in a later clause held."""
_DATE = re.compile(_YEAR + r"年(?:(\d{1,2})月(?:(\d{1,2})日)?)?" + _FOUNDED)
_AS_OF = re.compile(r"截[至止](?:今年|目前)?(\d{1,2})月(?:(\d{1,2})日|底|末)?")
_RELATIVE = re.compile("(?<![比较])(?:前年|去年|今年|明年|上年|本年|上半年|下半年|[一二三四]季度|当前|目前)(?!同期)")
_SHIFT = {"前年": -2, "去年": -1, "上年": -1, "明年": 1}
_NOW = {"当前", "目前"}


def time_before(text: str, year: int | None) -> str:
    """The last time that a stretch of text names.

    Args:
        text: from the start of the sentence to the number.
        year: of publication, for 去年 and 今年; None where it is not known.

    Returns:
        ``2022``, ``2022-06``, ``2022-06-30``, ``2017/2021``, or nothing.

    >>> time_before("2017年至2021年总产出年均增长率约", None), time_before("截至2020年底", None)
    ('2017/2021', '2020')
    >>> time_before("去年产值", 2023), time_before("去年产值", None)
    ('2022', '')
    """
    interval, date = _last(_INTERVAL, text), _last(_DATE, text)
    relative, as_of = _last(_RELATIVE, text), _last(_AS_OF, text)
    latest = max((match for match in (interval, date, relative, as_of) if match), key=lambda m: m.end(), default=None)
    if latest is None:
        return ""
    if latest is interval:
        return f"{latest[1]}/{latest[2]}"
    if latest is date:
        return "-".join(part if len(part) > 2 else part.zfill(2) for part in latest.groups() if part)
    if latest is as_of:
        return "-".join([str(year), *(part.zfill(2) for part in latest.groups() if part)]) if year else ""
    return "" if year is None or latest[0] in _NOW else str(year + _SHIFT.get(latest[0], 0))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    match = None
    for match in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return match
