"""Every bit of every signed document flipped, and every cut of it read: none is taken for what its signer wrote.

The control reads the same bytes without their signature, and takes many of them.
"""

import pytest

from agent_tui.trust.documents import Team
from shared_rules.validating import ValidationError, checked_json
from tests.faults.documents import DOCUMENTS, damaged, taken


@pytest.mark.parametrize("what", DOCUMENTS)
def test_no_damaged_document_is_taken(what: str) -> None:
    data, read = DOCUMENTS[what]
    assert taken(read, data)
    assert [one for one in damaged(data) if taken(read, one)] == []


def test_control_without_the_signature_flips_pass() -> None:
    data, _ = DOCUMENTS["team"]
    head = data.partition(b',"sig"')[0]
    passed = 0
    for one in damaged(head):
        try:
            checked_json(Team, one + b"}")
        except ValidationError:
            continue
        passed += 1
    assert passed > 50
