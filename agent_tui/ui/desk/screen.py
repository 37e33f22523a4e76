"""The desk: counters, the entry form, the lists. It asks the book and repaints; records are written off the loop."""

from collections.abc import Callable
from time import monotonic
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from agent_tui.book import Book, Change
from agent_tui.errors import Problem
from agent_tui.i18n import language, t
from agent_tui.ui.commands import bindings, command
from agent_tui.ui.desk import lists, panel_lines
from agent_tui.ui.desk.brief import Brief, brief_lines
from agent_tui.ui.desk.browse import Browse
from agent_tui.ui.desk.commands import FIRST_TO_GO, SPARE
from agent_tui.ui.desk.customer import customer_lines
from agent_tui.ui.desk.drafts import Drafts
from agent_tui.ui.desk.entry import EntryForm
from agent_tui.ui.desk.form import FormView
from agent_tui.ui.desk.layout import Verdict, form_titles
from agent_tui.ui.desk.pages import Opener
from agent_tui.ui.desk.panel import Maker, Panel, counters
from agent_tui.ui.desk.panel_lines import Moment
from agent_tui.ui.desk.reminders import Reminders, told
from agent_tui.ui.desk.rules import FormRules
from agent_tui.ui.desk.source import BookWorld, Habits, Snapshot, read_habits, read_snapshot
from agent_tui.ui.desk.verdict import saved_text, verdict
from agent_tui.ui.desk.whom import Whom
from agent_tui.ui.desk.world import Effect, Save
from agent_tui.ui.kit.background import Reading, in_background
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.live import BookChanged
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.status import Kind, StatusLine
from agent_tui.ui.kit.table import Table
from agent_tui.ui.kit.text import line
from agent_tui.ui.kit.window import too_small
from agent_tui.views import CallView

_BUSY_SHOWN_S = 0.3
# The thread that reads the day would take turns with the first frame and the first keys.
_READ_AFTER_S = 0.05
_WIDE = 120


class DeskScreen(Browse, Whom, Opener):
    """An agent's desk. `tick` tells seconds between keys; a test passes its own."""

    scope = "desk"
    # Not CSS: with that of a screen Textual parses all there is once more, before the first frame.
    DEFAULT_CSS = """
    DeskScreen #counters { height: 5; }
    DeskScreen #calls, DeskScreen #leads { width: 11fr; }
    DeskScreen #points, DeskScreen #estimate { width: 9fr; }
    DeskScreen #entry { height: 9; }
    DeskScreen #form { width: 1fr; }
    DeskScreen #customer { width: 3fr; display: none; }
    DeskScreen #lists { height: 1fr; }
    DeskScreen #today { width: 50fr; }
    DeskScreen #brief { height: auto; max-height: 4; display: none; }
    DeskScreen #callbacks { width: 30fr; }
    DeskScreen.-wide #today { width: 100fr; }
    DeskScreen.-wide #callbacks { width: 40fr; }
    DeskScreen.-wide #form { width: 5fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("desk")

    def __init__(self, book: Book, tick: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._book = book
        self._world = BookWorld(book, tick, self._perform, self._fetch)
        self._policy = book.policy()
        self._form = EntryForm(FormRules(self._policy, language()), self._world)
        self._drafts = Drafts(book, self._form, self, self.refused)
        self._reminders = Reminders()
        self._snapshot: Snapshot | None = None
        self._habits: Habits | None = None
        self._reading = Reading(self, self._read_day, self._take, self.refused)
        self._earlier = Reading(self, lambda: read_habits(book), self._take_habits, self.refused)
        self._latest: Change | None = None
        """The last change of the book that concerned this desk."""
        self._drawn_for: Size | None = None
        self._minute = ""
        self._said_of: tuple[object, ...] | None = None
        """The entry as it was when the form said what the message line shows; None for what others said."""

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Horizontal(id="counters"):
            for name in ("calls", "leads", "points", "estimate"):
                yield Panel(id=name)
        with Horizontal(id="entry"):
            yield FormView(self._form, self._book.now, self._verdict, self._changed)
            yield Panel(id="customer")
        yield StatusLine()
        with Horizontal(id="lists"):
            with Vertical(id="today", classes="panel"):
                yield Plain(id="brief")
                yield Table(lists.call_columns(language()), id="today-rows", heading=False)
            with Vertical(id="callbacks", classes="panel"):
                yield Table(lists.callback_columns(), id="callback-rows", heading=False)
        # The screens can also be opened by ^G and a digit.
        yield HintLine(self.scope, first_to_go=FIRST_TO_GO, spare=SPARE)

    def on_mount(self) -> None:
        self._unsubscribe = self._book.subscribe(self._tell)
        self._form.undoable = self.shell.undoable
        self._drafts.restore()
        if self._form.damaged:
            self.say(t("desk.draft_damaged"), "warning")
        self.query_one(FormView).focus()
        self._draw()
        self.set_interval(1.0, self._tick)
        self.call_after_refresh(self._read_soon)

    def on_unmount(self) -> None:
        self._unsubscribe()
        self._drafts.now()

    def leave(self) -> None:
        self._drafts.now()

    @property
    def ready(self) -> bool:
        """Whether the first figures and what earlier days tell were read."""
        return self._snapshot is not None and self._habits is not None

    # ---- from the book ----

    def _tell(self, change: Change) -> None:
        """Called from any thread. The state of sync alone is in the header, which is drawn each second."""
        if self._concerns(change):
            self._latest = change
            self.post_message(BookChanged())
        else:
            self.call_later(self._heed_listed)

    def _heed_listed(self) -> None:
        """A colleague's call may have put the number in hand on the do-not-call list."""
        if self._snapshot is not None and self._form.heed_listed(self._book.lists.listed):
            self._changed()

    def on_book_changed(self, _: BookChanged) -> None:
        # A save reads the day itself: a second reading beside it would hold up its frame.
        if not self._form.busy:
            self._read()

    def _read_soon(self) -> None:
        """Read the first figures, once what was typed by then stands in the form."""
        self.shell.after_keys(self, _READ_AFTER_S, self._read)

    def _read(self) -> None:
        """Read the day off the event loop; while that runs, what changes is read once more after it."""
        self._reading.ask()

    def _read_day(self) -> Snapshot:
        return read_snapshot(self._book, self._browsed, self._habits)

    def _take(self, snapshot: Snapshot) -> None:
        first = self._snapshot is None
        policy = self._book.policy()
        if policy is not self._policy:
            self._policy = policy
            self._form.rules = FormRules(policy, language(), self._form.rules.used)
        self._snapshot = snapshot
        self._world.take(snapshot)
        if first:
            self._form.day_read(snapshot.recorded)
            # What is due by now is in the header; all that comes due from here on rings.
            self._remind()
        erased = self._form.forget_erased(self._book.erasures.erased)
        if self._form.heed_listed(self._book.lists.listed) or erased:
            self._changed()
        self.offer_lists()
        self._drafts.look(snapshot.recorded, self._took_up)
        if not self._earlier.busy and (self._habits is None or self._habits.day != snapshot.day.day):
            self._earlier.ask()
        self._draw()

    def _took_up(self) -> None:
        """What another desk on this home left is laid aside here."""
        self.say(t("desk.draft_damaged" if self._form.damaged else "desk.took_up"), "warning")
        self._changed()

    def _take_habits(self, habits: Habits) -> None:
        """What earlier days tell comes after the first figures, once a day; and then what came meanwhile."""
        self._habits = habits
        self._form.rank_notes(habits.notes)
        self._read()
        self.look_for_news()

    def _tick(self) -> None:
        """The clock in the header and the form; the pace grows by the minute."""
        minute = f"{self._book.now():%d %H:%M}"
        if minute != self._minute and self._minute:
            self._read()
        self._minute = minute
        self._remind()
        if self.is_current:
            self._draw_header()
            self._draw_titles()

    def _remind(self) -> None:
        """Ring for what has come due since the last look; tell it while that is seen. Focus and number stay."""
        if self._snapshot is None:
            return
        came = self._reminders.look(self._world.callbacks, self._book.now(), self._form.taken)
        if came and self.shell.preferences.settings.desk.bell:
            self.app.bell()
        free = self.is_current and self.query_one(StatusLine).kind not in ("warning", "error")
        if free and (found := self._reminders.take()):
            self.say(told(found, self._book.now(), command("desk.callback").label), "warning")

    # ---- effects of the form ----

    def _perform(self, effect: Effect) -> None:
        """Carry out an effect off the event loop; its answer and the new counters are painted in one frame, unless the
        first figures, which are a month's, are still to come.
        """

        def do() -> tuple[CallView, Change | None, Snapshot | None]:
            own = self._book.own
            if isinstance(effect, Save):
                call = own.correct(effect.corrects, effect.entry) if effect.corrects else own.log(effect.entry)
            elif effect.back_to:
                call = own.correct(effect.id, effect.back_to)
            else:
                call = own.void(effect.id)
            return call, self._latest, self._read_day() if self._snapshot is not None else None

        def done(result: tuple[CallView, Change | None, Snapshot | None]) -> None:
            call, latest, snapshot = result
            with self.app.batch_update():
                if snapshot is not None:
                    self._snapshot = snapshot
                    self._world.take(snapshot)
                elif call.customer:
                    self._world.called |= {call.customer.phone}
                if isinstance(effect, Save):
                    self._form.saved(call.id)
                    told = saved_text(self._book, self._form, call, corrected=bool(effect.corrects))
                    self.say(told, "warning" if self._book.sharing.ended else "good")
                else:
                    self._form.withdrawn()
                self._changed()
                self._draw()
            # A reading that began before the save would show the day as it was then.
            if snapshot is None or self._reading.busy or self._latest is not latest:
                self._read()

        def failed(problem: Problem) -> None:
            self._form.failed(str(problem))
            self._changed()
            self._read()

        in_background(self, do, done, failed)
        self.set_timer(_BUSY_SHOWN_S, self._draw_titles)

    # ---- keys ----

    def say(self, text: str, kind: Kind = "info") -> None:
        super().say(text, kind)
        self._said_of = None

    @property
    def _answered(self) -> tuple[object, ...]:
        """What of the entry a key changes that answers: a message about it goes then."""
        sheet = self._form.sheet
        return sheet.answers, sheet.passed, self._form.asking

    def _changed(self) -> None:
        """After each key of the form: say what it said, draw it, keep the draft soon."""
        if said := self._form.said:
            values = dict(said.values)
            for name, prefix in (("field", "field"), ("outcome", "")):
                if name in values:
                    key = values[name]
                    values[name] = t(f"desk.{prefix}_{key}") if prefix else self._form.rules.label(name, key)
            keys = {"save": command("desk.save").label, "undo": command("desk.undo").label}
            self.say(t(f"desk.{said.key}", **keys, **values), said.kind)
            self._said_of = self._answered
        elif self._said_of not in (None, self._answered):
            self.query_one(StatusLine).hush()
            self._said_of = None
        if self._form.busy:
            return
        self.query_one(FormView).draw()
        self._draw_titles()
        self._draw_next()
        self._drafts.soon()

    def action_form(self, name: str) -> None:
        """A command of the form, from the palette, the footer or a list."""
        self.query_one(FormView).focus()
        self.query_one(FormView).do(name)

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and not isinstance(self.focused, FormView):
            event.stop()
            self.query_one(FormView).focus()

    def on_descendant_focus(self) -> None:
        self.query_one(HintLine).refresh()
        if self._snapshot is not None:
            self._draw_calls()
        if self.query_one(FormView).has_focus:
            self.to_today()
            self.query_one(FormView).draw()

    # ---- drawing ----

    def on_resize(self, event: events.Resize) -> None:
        # Textual tells of its first size three times.
        if event.size != self._drawn_for:
            self._drawn_for = event.size
            self.call_after_refresh(self._draw)

    def _moment(self) -> Moment:
        return Moment(self._book.now(), self._book.policy(), language())

    def _verdict(self) -> Verdict | None:
        return verdict(self._book, self._form) if self._snapshot else None

    def _draw(self) -> None:
        with self.app.batch_update():
            self._draw_header()
            self._draw_counters()
            self._draw_lists()
            self.query_one(FormView).draw()
            self._draw_titles()

    def _draw_header(self) -> None:
        now, day = self._book.now(), self._snapshot.day if self._snapshot else None
        due = self._world.due()
        small = too_small(*self.size)
        header = panel_lines.Header(self._book.identity, day, self._book.sync_view(), len(due), now, small)
        self.query_one("#header", Plain).update(header.content(max(0, self.size.width - 2)), layout=False)
        self._draw_next()
        # What it tells of the lists and of callbacks changes with no change of the day.
        self._draw_brief()

    def _draw_next(self) -> None:
        parked = t("desk.parked", count=len(self._form.parked))
        self.query_one(StatusLine).rest("   ".join((self.next_up(), parked)))

    def _draw_counters(self) -> None:
        if self._snapshot is None:
            return
        ascii = self.shell.ascii
        for name, make in counters(self._snapshot.day, self._snapshot.entries, self._moment(), ascii=ascii).items():
            self.query_one(f"#{name}", Panel).show(t(f"desk.panel_{name}"), make)

    def _draw_lists(self) -> None:
        if self._snapshot is None:
            return
        self._draw_calls()
        callbacks = lists.callback_rows(self._snapshot.callbacks, self._book.now())
        self.query_one("#callback-rows", Table).show(callbacks)
        titled(self.query_one("#callbacks"), t("desk.callbacks", count=len(self._snapshot.callbacks)))

    def _draw_brief(self) -> None:
        """What is due or left today, while today is listed."""
        snapshot, moment = self._snapshot, self._moment()
        shown = self.query_one("#brief", Plain)
        if snapshot is None or self._browsed is not None:
            shown.display = False
            return
        told_streak = self.shell.preferences.settings.desk.streak
        brief = Brief(
            snapshot.day,
            len(self._world.due()),
            sum(one.due.date() == moment.now.date() for one in snapshot.callbacks if one.due > moment.now),
            sum(call.why_not == "incomplete" for call in snapshot.calls),
            bool(snapshot.calls),
            self._book.lists.left(),
            snapshot.streak if told_streak else None,
            snapshot.overtime,
            snapshot.owed,
        )
        rows = brief_lines(brief, moment)
        shown.display = bool(rows)
        shown.show_lines(*(line(*row) for row in rows))

    def _draw_titles(self) -> None:
        title, keys = form_titles(self._form, self._book.now())
        self.query_one(FormView).show_titles(title, keys)
        wide = self.size.width >= _WIDE
        self.query_one("#customer", Panel).show(t("desk.customer"), self._beside() if wide else None)

    def _beside(self) -> Maker:
        """What is shown of the customer beside the form, where there is room."""
        known, moment = self._form.sheet.known, self._moment()
        customer = self._world.beside(self._form.sheet.number) if known else None
        there = bool(self._form.sheet.number)
        return lambda cells, rows: customer_lines(customer, moment, cells, rows) if there else []
