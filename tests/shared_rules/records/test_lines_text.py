"""A line is text: what it holds raw is looked at too."""

import zlib

import pytest

from shared_rules.records import lines


@pytest.mark.parametrize("bad", [b"\xb5", b"\xed\xa0\x80", b"\xff\xfe", b"\xc3"])
def test_a_body_that_is_no_utf8_makes_the_line_none_though_its_checksum_holds(bad: bytes) -> None:
    head = b'{"v":1,"kind":"call","writer":"' + b"a" * 16 + b'","seq":1,"at":"x","body":{"note":"' + bad + b'"}'
    line = head + b',"crc":"%08x"}\n' % zlib.crc32(head)
    with pytest.raises(lines.LineError) as refused:
        lines.decode(line)
    assert refused.value.code == "not_json"
