"""How long somebody is away, as people say it: 90, 2小时, 一个半小时, 半天, 全天, half a day."""

import re
from datetime import timedelta

from agent_tui.i18n import t
from agent_tui.ui.kit.numbers import whole
from agent_tui.when import arabic
from shared_rules.calendar import working_time
from shared_rules.policies.policy import Policy
from shared_rules.text import plain

_MOST = 9999
_MINUTE = timedelta(minutes=1)
_WHOLE_DAY = r"[1全整][天日]|(?:a|1|one|all|(?:the|a)?whole|full)day"
_HALF_DAY = r"(?:半|0\.5)[天日]|half(?:a)?day"
_HALF_HOUR = r"半个?(?:小时|钟头)|half(?:an)?hour"
_HOURS = (
    r"(?P<hours>\d{1,2}(?:\.\d{1,2})?)个?(?P<half>半)?(?:小时|钟头|h|hrs?|hours?)"
    r"(?:(?P<minutes>\d{1,2})(?:分钟?|m|mins?|minutes?)?)?"
)
_MINUTES = r"(\d{1,4})(?:分钟?|m|mins?|minutes?)?"


def how_to_say(policy: Policy) -> str:
    """How a span is written, and what a whole day is."""
    return t("ui.span_how", minutes=working_time(policy) // _MINUTE)


def minutes_of(text: str, policy: Policy) -> int | None:
    """The working minutes that a text means under a day's policy; None if it is unreadable."""
    said = re.sub(r"\s+", "", arabic(plain(text).lower()))
    day = working_time(policy) // _MINUTE
    if re.fullmatch(_WHOLE_DAY, said):
        return day
    if re.fullmatch(_HALF_DAY, said):
        return (day + 1) // 2
    if re.fullmatch(_HALF_HOUR, said):
        return 30
    if found := re.fullmatch(_HOURS, said):
        return round(float(found["hours"]) * 60) + 30 * bool(found["half"]) + int(found["minutes"] or 0)
    found = re.fullmatch(_MINUTES, said)
    return whole(found[1], 0, _MOST) if found else None
