"""Talk cards by command: publish one from a file, list those in use, take one back."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from agent_tui.book.policies import allowed_text
from agent_tui.commands import output, shapes
from agent_tui.commands.context import Context
from agent_tui.commands.deeds import done
from agent_tui.commands.opening import opened
from agent_tui.errors import Problem, system_reason
from agent_tui.i18n import t
from agent_tui.text_file import read_text
from agent_tui.views import CardView, Uses
from shared_rules.policies.toml_errors import toml_fault

_TEXTS = ("event", "objection", "reframe", "question")


def card_publish(context: Context) -> int:
    """A card from a TOML file."""
    args = context.args
    card = _read(Path(args.file))
    return done(
        context,
        lambda book: book.supervisor.publish_card(
            card["event"],
            card["on"],
            card["objection"],
            card["reframe"],
            card["question"],
            instead_of=args.instead_of,
        ),
    )


def _read(path: Path) -> dict[str, Any]:
    text = ""
    try:
        text = read_text(path)
        card = tomllib.loads(text)
    except OSError as error:
        raise Problem("deeds.card_no_file", path=path, reason=system_reason(error)) from None
    except UnicodeDecodeError:
        raise Problem("policy.not_utf8", path=path) from None
    except (ValueError, RecursionError) as error:
        fault = toml_fault(error, text)
        place = {"line": fault.line, "column": max(1, fault.column)}
        raise Problem("deeds.card_no_toml", path=path, reason=allowed_text(fault.what), **place) from None
    for key in _TEXTS:
        if not isinstance(card.get(key), str):
            raise Problem("deeds.card_needs", path=path, key=key, what=Problem("deeds.a_text"))
    if not isinstance(card.get("on"), date) or isinstance(card["on"], datetime):
        raise Problem("deeds.card_needs", path=path, key="on", what=Problem("deeds.a_date"))
    if unknown := card.keys() - {*_TEXTS, "on"}:
        raise Problem("deeds.card_unknown", path=path, key=min(unknown))
    return card


def card_list(context: Context) -> int:
    """The cards in use."""
    with opened(context) as book:
        found = book.cards()
    context.show([shapes.card(card) for card in found], lambda: _print(found))
    return 0


def _print(found: list[CardView]) -> None:
    if not found:
        output.line(t("deeds.no_cards"))
    for card in found:
        output.line(f"{card.on}  {card.event}  {card.id}")
        output.line("  " + t("deeds.card_objection", text=card.objection))
        output.line("  " + t("deeds.card_reframe", text=card.reframe))
        output.line("  " + t("deeds.card_question", text=card.question))
        output.line("  " + _uses("card_used", card.uses))
        output.line("  " + _uses("card_beside", card.without))


def _uses(key: str, uses: Uses) -> str:
    return t(f"deeds.{key}", used=uses.calls, leads=uses.leads, share=f"{uses.share:.0%}" if uses.calls else "-")


def card_take_back(context: Context) -> int:
    """A card taken back."""
    args = context.args
    return done(context, lambda book: book.supervisor.take_back_card(args.id), "done_card_back")
