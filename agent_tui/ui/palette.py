"""The commands of the present screen by their names, the screens by their digits, and the desk's pages by its keys."""

from msgspec.structs import replace
from textual.binding import Binding, BindingType

from agent_tui.i18n import t
from agent_tui.ui.commands import APP, Command, command, commands, with_twins
from agent_tui.ui.kit.dialogs import Choice, Choose, jump_from
from agent_tui.ui.kit.in_turn import KeysInTurn
from agent_tui.ui.kit.page import Page

_PAGES = ("customers", "points", "pay", "week", "cards", "day")
"""The pages that open from the desk with a key of its own."""
_BESIDE = (*_PAGES, "rules", "why")
"""The pages from which one goes on to another."""


def _from_page(name: str) -> Command:
    """The desk's command that opens a page, for the page in front of it: with the desk's key, also one of a key map."""
    return replace(command(f"desk.{name}"), action=f"app.page('{name}')")


def page_bindings() -> list[BindingType]:
    """The keys of the desk's pages. Those of a screen go first, such as the board's F4."""
    ways = [_from_page(name) for name in _PAGES]
    return [Binding(",".join(with_twins(one.keys)), one.action, show=False, id=one.id) for one in ways]


class Palette(KeysInTurn):
    """The app whose actions and screens are chosen from."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "page":
            (name,) = parameters
            desk = self._desk_behind()
            if desk is None or (isinstance(self.screen, Page) and self.screen.scope == name):
                return False
            return name == "customers" or desk.check_action(str(name), ()) is True
        return super().check_action(action, parameters)

    async def action_page(self, name: str) -> None:
        """From one of the desk's pages to another: what is told on any of them names the key of the one to read."""
        desk = self._desk_behind()
        while desk is not None and self.screen is not desk:
            await self.pop_screen()
        await self.run_action("app.customers" if name == "customers" else f"screen.{name}")

    def _desk_behind(self) -> Page | None:
        """The desk behind the page in front; None where that is no page of the desk's."""
        *below, front = self.screen_stack
        if not (isinstance(front, Page) and front.scope.partition(".")[0] in _BESIDE):
            return None
        return next((one for one in below if isinstance(one, Page) and one.scope == "desk"), None)

    def offered(self) -> list[Command]:
        """The commands that can be run on the present screen."""
        screen = self.screen
        found: list[Command] = []
        if isinstance(screen, Page) and screen.scope != "ui":
            found += [one for one in commands(screen.scope) if screen.check_action(one.action, ()) is True]
        if self._desk_behind():
            found += [_from_page(name) for name in _PAGES if self.check_action("page", (name,))]
        found += [one for one in APP if self.check_action(one.action.removeprefix("app."), ()) is True]
        return found

    def action_palette(self) -> None:
        offered, keys = [one for one in self.offered() if one.palette], self._keys()
        choices = [
            Choice(one.id, one.title, one.sentence, key=keys.get(one.action, ""), also=one.id) for one in offered
        ]
        self._choose_command(
            Choose(t("ui.palette_title"), choices, typed=True, hint=t("ui.palette_hint"), empty=t("ui.palette_empty")),
            offered,
        )

    def action_jump(self) -> None:
        """To a screen by its digit; pressed again, to a place within the screen beneath."""
        if isinstance(self.screen, Choose) and (page := self.screen.page):
            self.screen.dismiss(None)
            if places := page.places():
                self.push_screen(Choose(t("ui.jump_within"), places), page.go_to)
            return
        if isinstance(self.screen, Page):
            offered, keys = sorted((one for one in self.offered() if one.jump), key=lambda one: one.jump), self._keys()
            first: dict[str, Command] = {}
            rest = [one for one in offered if first.setdefault(one.jump, one) is not one]
            choices = [
                Choice(one.id, one.title, digit=one.jump, key=keys.get(one.action, "")) for one in first.values()
            ]
            choices += [Choice(one.id, one.title, key=keys.get(one.action, "")) for one in rest]
            self._choose_command(jump_from(self.screen, choices), offered)

    def _keys(self) -> dict[str, str]:
        """The key of each action here: one that every screen offers may have its key on this one alone."""
        return {one.action: one.label for one in self.offered() if one.label}

    def _choose_command(self, choose: Choose, offered: list[Command]) -> None:
        by_id = {one.id: one for one in offered}

        async def chosen(id: str | None) -> None:
            if id is not None:
                action = by_id[id].action
                await self.run_action(action if "." in action else f"screen.{action}")

        self.push_screen(choose, chosen)
