"""Reads a pasted line of a number, a name and a company: 张总 13800138000 宁波宏达科技有限公司."""

import re
from collections.abc import Mapping

import msgspec

from shared_rules.phones import parse_phone

# Compiled with the first paste, not with the desk's first frame.
_COMPANY = "公司|集团|厂$|店$|中心$|学校$|医院$|研究[院所]$|事务所$|合作社$|经营部$|商行$|工作室$|银行"
_ENGLISH_COMPANY = r"(?i)\b(?:co|ltd|inc|llc|corp|company|gmbh|group)\b\.?"
_NAME = (
    "([\u4e00-\u9fff]{1,4}?)"
    "(总经理|副总|总监|经理|厂长|校长|院长|主任|部长|科长|处长|主管|董事长|老板|先生|女士|小姐|老师|总|董|工)?"
)
_GREETINGS = frozenset({"先生", "女士", "小姐", "老师", "老板", "总", "董", "工"})
_LABELS = frozenset(
    {"电话", "手机", "联系电话", "联系人", "姓名", "单位", "单位名称", "公司", "公司名称", "名称", "Tel", "Phone"}
)
_PHONE = r"(?i)[+＋]?[\d０-９(（][\d０-９\s\-()()]{5,20}[\d０-９](?:\s*(?:转|ext\.?|x|#)\s*\d+)?"
_BREAK = r"[\s,,;;、|/::]+"


class Pasted(msgspec.Struct, frozen=True):
    """A number, and the fields beside it by name."""

    phone: str
    others: Mapping[str, str]


def read_paste(text: str) -> Pasted | None:
    """The number in a line, and what else it tells; None for a line without a usable number.

    `张总` is the contact 张总; of `王经理` the contact is 王 and the title 经理. What is not understood is the note.
    """
    for found in re.finditer(_PHONE, text):
        candidate = found[0].strip()
        if parse_phone(candidate):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return Pasted(candidate, _others(rest))
    return None


def _others(text: str) -> dict[str, str]:
    if re.search(_ENGLISH_COMPANY, text) and not re.search(_COMPANY, text):
        return {"company": " ".join(text.replace(",", " ").split())}
    others: dict[str, str] = {}
    left: list[str] = []
    for part in re.split(_BREAK, text):
        if not part or part in _LABELS:
            continue
        name = re.fullmatch(_NAME, part)
        if "company" not in others and re.search(_COMPANY, part):
            others["company"] = part
        elif "contact" not in others and name:
            greeted = name[2] in _GREETINGS
            others["contact"] = part if greeted or not name[2] else name[1]
            if name[2] and not greeted:
                others["title"] = name[2]
        else:
            left.append(part)
    if left:
        # Five or more Hanzi alone are rather a company without its suffix than anything else.
        if "company" not in others and len(left[0]) > 4:
            others["company"] = left.pop(0)
        if left:
            others["note"] = " ".join(left)
    return others
