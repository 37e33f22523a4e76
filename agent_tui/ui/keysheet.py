"""The key sheets of the manual, made from the registry: `python -m agent_tui.ui.keysheet` writes them.

They are files, so that `agent-tui help keys` needs no screen; a test keeps them in step with the registry.
"""

from agent_tui.i18n import LANGUAGES, Language, language, set_language, t
from agent_tui.manual import path
from agent_tui.ui.commands import Command, everything, key_label, scope_name


def sheet(spoken: Language) -> str:
    """The page `keys` of the manual: every command of every screen, with the keys as shipped."""
    before = language()
    set_language(spoken)
    try:
        return "\n".join([f"# {t('ui.sheet_title')}", "", t("ui.sheet_intro"), *_screens()]) + "\n"
    finally:
        set_language(before)


def _screens() -> list[str]:
    rows: list[str] = []
    shown = everything()
    for scope in dict.fromkeys(command.scope for command in shown):
        rows += ["", f"## {scope_name(scope)}", "", f"| {t('ui.sheet_head')} |", "|---|---|---|"]
        rows += [_row(command) for command in shown if command.scope == scope]
    return rows


def _row(command: Command) -> str:
    keys = [key_label(key) for key in command.keys if not (len(key) == 1 and key.isupper())]
    if command.jump:
        keys.append(f"^G {command.jump}")
    return f"| {'  '.join(keys) or '^P'} | {command.title} | {command.sentence} |"


if __name__ == "__main__":
    for each in LANGUAGES:
        path("keys", each).write_text(sheet(each), encoding="utf-8", newline="\n")
