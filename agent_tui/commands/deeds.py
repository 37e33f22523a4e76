"""What the commands of acts have in common: an act run on the book, what it wrote printed."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.commands import output, shapes
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.i18n import t
from agent_tui.words.statements import yuan_text
from agent_tui.words.titles import rule_named

if TYPE_CHECKING:
    from agent_tui.book.acts.agent import AgentActs
    from agent_tui.book.acts.supervisor import SupervisorActs


def done(
    context: Context, act: Callable[[Book], Written], key: str | None = None, more: dict[str, Any] | None = None
) -> int:
    """Run an act and say what it wrote. `key` is another text than that of the record's kind."""
    with opened(context) as book:
        show(context, book, act(book), key, more)
    return 0


def replacing(context: Context, act: Callable[[Book], Written]) -> int:
    """Run an act whose record takes the place of an earlier one of the same thing, and say what stood there."""
    with opened(context) as book:
        written = act(book)
        old = book.in_place_of(written.id)
        before = None
        if old is not None:
            said = {"text": "", **(old["content"] or {})}
            before = {"id": old["id"], "by": old["author"], "at": datetime.fromisoformat(old["at"]).isoformat(), **said}
        show(context, book, written, more={"before": before})
    return 0


def acts_of(book: Book) -> "SupervisorActs | AgentActs":
    """The acts of the person who sits here, for what supervisors and agents both do."""
    return book.supervisor if book.identity.role == "supervisor" else book.agent


def show(
    context: Context, book: Book, written: Written, key: str | None = None, more: dict[str, Any] | None = None
) -> None:
    """Print what an act wrote; `more` joins the JSON document."""
    document = {**shapes.written(written), **(more or {})}

    def human() -> None:
        words = {**_words(document), "agent": book.members.named(written.agent)}
        if written.kind == "points":
            words["rule"] = rule_named(book.policy(date.fromisoformat(document["on"])), document["rule"])
        output.line(t(f"deeds.{key or _done(document)}", **words))
        if before := document.get("before"):
            words = _words({**before, "kind": written.kind})
            words |= {"by": book.members.named(before["by"]), "day": before["at"][:10]}
            words |= {"text": f" ({before['text']})" if before["text"] else ""}
            output.line(t(f"deeds.before_{written.kind}", **words))

    context.show(document, human)


def _done(document: dict[str, Any]) -> str:
    refund = document["kind"] == "payment" and document["yuan"].startswith("-")
    return "done_refund" if refund else f"done_{document['kind']}"


def _words(document: dict[str, Any]) -> dict[str, Any]:
    """The values of a record as people read them."""
    words = dict(document)
    words["time"] = document["at"][11:16]
    for name in ("fine", "yuan"):
        if document.get(name):
            words[name] = yuan_text(Decimal(document[name]))
    match document["kind"]:
        case "time_away" | "request":
            words["what"] = t(f"deeds.what_{document['type']}")
        case "payment":
            words["yuan"] = words["yuan"].removeprefix("-")
        case "verdict":
            words["found"] = t(f"deeds.found_{'false' if document['false'] else 'true'}")
        case "ruling":
            words["ruled"] = t(f"deeds.ruled_{'upheld' if document['upheld'] else 'withdrawn'}")
        case "attendance":
            words["meeting"] = t(f"deeds.meeting_{document['meeting']}")
            words["state"] = t(f"deeds.state_{document['state']}")
        case "grade_step":
            words["step"] = t(f"acts.step_{document['step']}")
        case "punch":
            words["side"] = t(f"acts.side_{document['side']}")
    return words
