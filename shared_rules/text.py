"""Text as people type it, made plain: what two spellings of one thing have in common."""

# Full-width ASCII stands at a fixed distance from ASCII; the ideographic blank and its invisible kin are blanks.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = dict.fromkeys((0x00AD, 0x115F, 0x1160, 0x180E, 0x2800, 0x3000, 0x3164, 0xFEFF, 0xFFA0), " ")
# Marks without a width change nothing that is seen, so they must not make another name or fill a field.
_UNSEEN = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)))
_PLAIN = {**_FULL_WIDTH, **_BLANKS, **_UNSEEN}


def plain(text: str) -> str:
    """`text` with full-width letters, digits, signs and blanks made half-width, trimmed, runs of blanks made one."""
    return " ".join(text.translate(_PLAIN).split())


def company_key(text: str) -> str:
    """What makes two company names one in 家数 (handbook 1): the plain text. Empty when nothing is there."""
    return plain(text)
