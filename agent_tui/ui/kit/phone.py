"""Numbers as people read and write them; on the disk and in the figures they are E.164."""

from agent_tui.i18n import t
from agent_tui.ui.kit.text import width
from shared_rules.phones import parse_phone


def display_phone(text: str, cells: int | None = None) -> str:
    """A number to read: 138 0013 8000, 0574-87654321, 400-189-5559; as typed where it is not usable.

    Wider than `cells` it stands without what is between its digits, 057487654321x8031: cut it would be another number.
    """
    phone = parse_phone(text)
    if phone is None:
        return text
    digits = phone.national
    if len(digits) == 11 and digits.isdigit() and digits.startswith("1"):
        digits = f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    elif len(digits) == 10 and digits.startswith(("400", "800")):
        digits = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    shown = digits + (f" {t('desk.extension')} {phone.extension}" if phone.extension else "")
    if cells is None or width(shown) <= cells:
        return shown
    return phone.national.replace("-", "") + (f"x{phone.extension}" if phone.extension else "")
