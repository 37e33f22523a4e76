"""The sample month and lead list, where the reference data lies beside the repository."""

import csv
import io
import json
from collections import Counter
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path

import pytest

from shared_rules.completeness import filled
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.phones import parse_phone
from shared_rules.policies.policy import builtin
from shared_rules.records import kinds, parts
from shared_rules.text import company_key
from tests.shared_rules.making import ZONE, fact, make

DATA = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the reference data is not beside the repository")


def _tag(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def test_the_sample_month_gives_the_expected_figures() -> None:
    folds: dict[str, AgentFold] = {}
    policy = builtin()
    rows = csv.DictReader(io.StringIO((DATA / "calls.csv").read_text(encoding="utf-8-sig")))
    for number, row in enumerate(rows, 1):
        phone = parse_phone(row["phone"])
        customer = parts.Customer(
            phone=phone.e164 if phone else row["phone"],
            **{name: row[name] for name in parts.FIELDS if name != "phone"},
        )
        company = company_key(customer.company)
        started = datetime.fromisoformat(row["started_at"])
        body = make(
            kinds.Call,
            outcome=row["outcome"],
            interest=row["interest"] or None,
            filled=filled(customer, policy),
            phone_tag=_tag(phone.e164) if phone else None,
            company_tag=_tag(company) if company else None,
            started_at=started,
        )
        agent = row["agent"]
        fold = folds.setdefault(agent, AgentFold(agent, ZONE))
        fold.add(fact("call", body, f"row{number}", author=agent, agent=agent, seq=number, at=started))
    expected = json.loads((DATA / "calls.expected.json").read_text(encoding="utf-8"))
    found = {}
    for key, figures in expected.items():
        agent, day = key.split()
        mine = folds[agent].figures(date.fromisoformat(day), policy)
        found[key] = {name: getattr(mine, name) for name in figures}
    assert found == expected
    assert sum(len(fold.call_days()) for fold in folds.values()) == len(expected)


def test_the_sample_lead_list() -> None:
    text = (DATA / "leads-gb18030.csv").read_text(encoding="gb18030")
    numbers = [row["联系电话"] for row in csv.DictReader(io.StringIO(text)) if any(row.values())]
    usable = Counter(phone.e164 for number in numbers if (phone := parse_phone(number)))
    refused = len(numbers) - usable.total()
    assert (len(numbers), len(usable), usable.total() - len(usable), refused) == (500, 472, 21, 7)
