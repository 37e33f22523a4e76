"""Text as people type it, made plain, so that two spellings of one thing are the same."""

# Full-width ASCII lies at a fixed distance from ASCII. The ideographic space and other invisible characters are blanks.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = dict.fromkeys((0x00AD, 0x115F, 0x1160, 0x180E, 0x2800, 0x3000, 0x3164, 0xFEFF, 0xFFA0), " ")
# Characters of zero width are not seen, so they must neither make another name nor fill a field.
_UNSEEN = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)))
_PLAIN = {**_FULL_WIDTH, **_BLANKS, **_UNSEEN}


def plain(text: str) -> str:
    """`text` with full-width letters, digits, signs and blanks made half-width, trimmed, runs of blanks made one."""
    return " ".join(text.translate(_PLAIN).split())


def company_key(text: str) -> str:
    """By what two company names count as one in 家数 (handbook 1): the plain text, empty if there is nothing."""
    return plain(text)
