"""Numbers as people read and write them; on the disk and in the figures they are E.164."""

from agent_tui.i18n import t
from shared_rules.phones import parse_phone


def display_phone(text: str) -> str:
    """A number to read: 138 0013 8000, 0574-87654321, 400-189-5559; as typed where it is not usable."""
    phone = parse_phone(text)
    if phone is None:
        return text
    digits = phone.national
    if len(digits) == 11 and digits.isdigit() and digits.startswith("1"):
        digits = f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    elif len(digits) == 10 and digits.startswith(("400", "800")):
        digits = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return digits + (f" {t('desk.extension')} {phone.extension}" if phone.extension else "")


def typed_phone(number: str, extension: str = "") -> str:
    """A number as one types it, the same one when read again: 13800138000 x8."""
    phone = parse_phone(number)
    return (phone.national if phone else number) + (f" x{extension}" if extension else "")
