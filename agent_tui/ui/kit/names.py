"""How a customer is called where there is little room: the company without its legal suffix, 王经理 for 王."""

import re

from agent_tui.i18n import t
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.text import safe
from shared_rules.records.parts import Customer

_SUFFIX = re.compile("(?:股份|集团|控股)?(?:有限责任|有限)?公司$")
_TWO_CHARACTERS = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "端木", "宇文"}
)
_FORMS = frozenset({"经理", "副总", "总监", "主任", "主管", "部长", "科长", "处长", "厂长", "校长", "院长", "老师"})


def company(customer: Customer | None) -> str:
    """A company without its legal suffix, else the number."""
    if customer is None:
        return t("desk.sealed")
    return short_company(customer) or display_phone(customer.phone)


def short_company(customer: Customer) -> str:
    """A company without its legal suffix."""
    return _SUFFIX.sub("", safe(customer.company))


def person(customer: Customer | None) -> str:
    """王 who is 采购经理 is 王经理; a whole name stands for itself."""
    if customer is None:
        return ""
    form = customer.title[-2:]
    if customer.title.endswith("总经理"):
        form = "总"
    one = len(customer.contact) == 1 and "\u4e00" <= customer.contact <= "\u9fff"
    surname = one or customer.contact in _TWO_CHARACTERS
    if surname and customer.contact[-1] not in "总董工" and (form in _FORMS or form == "总"):
        return customer.contact + form
    return customer.contact
