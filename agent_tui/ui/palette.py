"""The commands of the present screen by their names, and the screens by their digits."""

from agent_tui.i18n import t
from agent_tui.ui.commands import APP, Command, commands
from agent_tui.ui.kit.dialogs import Choice, Choose, jump_from
from agent_tui.ui.kit.in_turn import KeysInTurn
from agent_tui.ui.kit.page import Page


class Palette(KeysInTurn):
    """The app whose actions and screens are chosen from."""

    def offered(self) -> list[Command]:
        """The commands that can be run on the present screen."""
        screen = self.screen
        found: list[Command] = []
        if isinstance(screen, Page) and screen.scope != "ui":
            found += [one for one in commands(screen.scope) if screen.check_action(one.action, ()) is True]
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
