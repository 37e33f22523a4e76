"""The texts of both languages: none missing, none unused, the same values in both, none too wide for its place."""

import ast
import pkgutil
import re
import string
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import agent_tui
import shared_rules
from agent_tui import manual
from agent_tui import texts as package
from agent_tui.i18n import LANGUAGES, Language, set_language, t, texts
from agent_tui.settings import leaves
from agent_tui.ui.commands import everything
from agent_tui.ui.desk import lists
from agent_tui.ui.desk.layout import _PLACES
from agent_tui.ui.desk.sheet import FIELDS
from agent_tui.ui.kit.text import crop, width
from shared_rules.policies.names import BUILTINS
from shared_rules.policies.policy import builtin

ROOTS = [Path(str(one.__file__)).parent for one in (agent_tui, shared_rules)]
AREAS = sorted(one.name for one in pkgutil.iter_modules(package.__path__))
NAMES = [f"{area}.{key}" for area in AREAS for key in texts(area)]

SAMPLE = {
    "count": "99", "time": "14:32", "phone": "138 0013 8000", "number": "+8613800138000", "who": "宏达科技 王经理",
    "field": "联系人", "since": "11-20", "by": "A017", "save": "^S", "undo": "^Z", "skip": "^N", "new": "^O",
    "key": "F9", "digit": "7", "due": "3", "later": "3", "calls": "120", "leads": "25", "minutes": "120",
    "month": "35.5", "short": "120 calls, 25 leads short",
    "team": "销售一组", "age": "41 分", "day": "周一 11-23", "first": "", "balance": "100",
    "id": "01a2169e-80de-787e-9cc0-ccfae78932e6", "saved": "Corrected 138 0013 8000 Not the decider",
}  # fmt: skip


@cache
def trees() -> dict[Path, ast.Module]:
    paths = [path for root in ROOTS for path in root.rglob("*.py")]
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def outside_the_texts() -> Iterator[ast.AST]:
    for path, tree in trees().items():
        if path.parent.name != "texts":
            yield from ast.walk(tree)


@cache
def constants() -> frozenset[str]:
    """Every string in the program that is no text of its own."""
    return frozenset(
        node.value for node in outside_the_texts() if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """Every string that is put together, with a hole where something is filled in; a name or the end of one."""
    found = set()
    for node in outside_the_texts():
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+" for one in node.values]
            found.add("".join(parts))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.left, ast.Constant):
            found.add(re.escape(str(node.left.value)) + ".+")
    fit = (pattern for pattern in found if re.match(r"[a-z]{3}[a-z_]*(\\\.|_)[a-z_.+]*", pattern))
    return tuple(re.compile(pattern) for pattern in fit)


_LOOKED_THROUGH = ("policy_allowed", "system", "record")
"""Areas that are searched for the words of a fault, or of a record."""

_AREAS_IN_A_HOLE = ("usage", "deeds")
"""Areas whose name the parser of the command line puts in."""


def is_used(name: str) -> bool:
    """Whether a text is asked for somewhere: by its whole name, by the end of it, or as one of a family."""
    area, _, key = name.partition(".")
    if area in _LOOKED_THROUGH:
        return True
    if name in constants() or any(one.fullmatch(name) and one.pattern != rf"{area}\..+" for one in patterns()):
        return True
    # Where the area alone is written and the rest is a hole, the key stands by itself, or ends another name.
    if area in _AREAS_IN_A_HOLE or any(one.pattern == rf"{area}\..+" for one in patterns()):
        ends = (key, f"_{key}", f".{key}")
        return any(text == key or text.endswith(ends[1:]) for text in constants()) or any(
            one.fullmatch(key) for one in patterns()
        )
    return False


def by_rule() -> Iterator[str]:
    """Names that the registry and the tree of settings ask for."""
    for command in everything():
        head, _, rest = (command.says or command.id).partition(".")
        yield f"{head}.do_{rest.replace('.', '_')}"
        yield f"{head}.do_{rest.replace('.', '_')}_help"
    for leaf in leaves():
        yield f"settings.{leaf.path.replace('.', '_')}"
        yield f"settings.{leaf.path.replace('.', '_')}_help"
        yield f"settings.{leaf.path.split('.')[0]}"


def test_every_text_that_is_asked_for_is_there() -> None:
    known = set(NAMES)
    missing = [name for name in by_rule() if name not in known]
    for node in outside_the_texts():
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("t", "Problem")
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and node.args[0].value not in known
        ):
            missing.append(str(node.args[0].value))
    assert missing == []


def test_no_text_is_unused() -> None:
    asked = set(by_rule())
    unused = [name for name in NAMES if name not in asked and not is_used(name)]
    assert [name for name in unused if not name.partition(".")[2].startswith("screen_")] == []


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_say_the_same_values(area: str) -> None:
    for key, (english, chinese) in texts(area).items():
        named = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, chinese)]
        assert named[0] == named[1], f"{area}.{key}"
        assert bool(english) == bool(chinese), f"{area}.{key}"


@pytest.mark.parametrize(("spoken", "told"), [("en", ("1 day", "2 days", "0 days")), ("zh", ("1 天", "2 天", "0 天"))])
def test_a_number_has_the_word_for_it(spoken: Language, told: tuple[str, ...]) -> None:
    set_language(spoken)
    try:
        assert tuple(t("board.age_long_d", n=n) for n in (1, 2, 0)) == told
        assert t("desk.age_days", count="1") == told[0]
    finally:
        set_language("en")


_HANZI = re.compile("[\u4e00-\u9fff]")
_WORDS = re.compile("[A-Za-z]{4,}")
# Names, and what one types, are the same in both.
_SAME = re.compile(
    r"Enter|Shift|Space|Ctrl|agent-tui|[A-Z]{2,}[a-z]*|English|AGENT\w*|\{\w+\}|--[\w-]+|F\d+|Esc|[\w./:\\]+[./:\\=]\w+"
)


@pytest.mark.parametrize("area", AREAS)
def test_each_language_is_its_own(area: str) -> None:
    for key, (english, chinese) in texts(area).items():
        if not _HANZI.search(chinese):
            left = _SAME.sub("", chinese)
            assert english == chinese or not _WORDS.search(left), f"{area}.{key}: not in Chinese: {chinese}"


def test_chinese_addresses_a_person_in_one_way() -> None:
    said = {f"{area}.{key}": chinese for area in AREAS for key, (_, chinese) in texts(area).items()}
    said |= {topic: manual.path(topic, "zh").read_text(encoding="utf-8") for topic in manual.TOPICS}
    assert [name for name, text in said.items() if "你" in text] == []


def test_a_policy_has_one_name_in_chinese() -> None:
    """制度 is the whole, 制度文件 the file it is in; 规则 is one rule of it."""
    said = {f"{area}.{key}": chinese for area in AREAS for key, (_, chinese) in texts(area).items()}
    said |= {topic: manual.path(topic, "zh").read_text(encoding="utf-8") for topic in manual.TOPICS}
    other = re.compile("规则文件|(现行|自带|发布的|团队的|这份|[一两四]套)规则|规则不追溯")
    assert [name for name, text in said.items() if other.search(text)] == []


@pytest.mark.parametrize("area", ["ui", "desk", "news", "settings", "setup"])
def test_no_text_of_a_screen_has_a_glyph_of_ambiguous_width(area: str) -> None:
    """Quotation marks alone, and those in sentences that align with nothing."""
    for key, pair in texts(area).items():
        for text in pair:
            odd = {char for char in text if unicodedata.east_asian_width(char) == "A"} - set("“”")
            assert not odd, f"{area}.{key}: {odd}"


def test_what_stands_between_two_values_is_of_the_language() -> None:
    """A colon and a blank are English."""
    between = re.compile(r'f"[^"]*}[:;,] {')
    found = [
        f"{path.name}: {line.strip()}"
        for room in ("book", "commands", "ui")
        for path in sorted((ROOTS[0] / room).rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if between.search(line)
    ]
    assert found == []


# ---- too wide for their place ----

_HELD_BY_PANELS = {
    r"desk\.panel_.*": 16, r"desk\.keys_.*": 74, r"desk\.form_writing": 74, r"desk\.hint_(company|text)": 66,
    r"desk\.hint_phone": 2 * 66, r"desk\.ask_.*": 76, r"desk\.(no_quota|made|made_at|not_judged|day_off)": 18,
    r"desk\.(ahead|behind|on_pace|short)": 12, r"desk\.short_in": 24, r"desk\.(points|to_bonus|to_penalty)": 15,
    r"desk\.overdue": 4, r"desk\.(required|digit_only|digit_or_text|text)": 14, r"desk\.brief_.*": 47,
    r"desk\.counts_.*": 33, r"ui\.\w+_hint": 72, r"ui\.jump_again": 30, r"settings\.(look|desk)_[a-z]+": 12,
    r"settings\.keys": 12, r"setup\.(language|way|share|team|id|name|hired|zone)": 14, r"setup\.rest.*": 78,
    r"settings\.\w+_help": 2 * 72, r"setup\.tell_.*": 2 * 72, r"\w+\.do_(?!\w+_help).*": 18,
}  # fmt: skip
_SAID = (
    "deaf", "digits_only", "no_such_digit", "number_needed", "outcome_needed", "enter_saves", "unreadable", "past",
    "too_long", "undone", "save_undone", "correction_left", "nothing_to_undo", "new_number", "skipped", "no_next",
    "no_callback", "already_taken", "callback_taken", "not_confirmed", "unchanged", "listed", "draft_damaged", "voided",
    "took_up", "voided_listed", "save_undone_listed",
    "number_unusable", "saved_ended",
    "void_twice", "sealed_call", "no_earlier", "copied", "copied_terminal", "nothing_to_copy", "callback_rings",
)  # fmt: skip
_SAID_ELSEWHERE = ("settings.key_unfit", "settings.key_taken", "board.points_pick_call", "queues.twice_by_id")
"""What a status line says, on its one line: that of the desk, those of others."""


def filled(name: str) -> str:
    area, _, key = name.partition(".")
    english, _ = texts(area)[key]
    wanted = {field for _, field, _, _ in string.Formatter().parse(english) if field}
    return t(name, **{field: SAMPLE.get(field, "xxxx") for field in wanted})


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_no_text_is_too_wide_for_its_place(spoken: Language) -> None:
    set_language(spoken)
    try:
        wide = []
        for name in NAMES:
            for pattern, cells in _HELD_BY_PANELS.items():
                if re.fullmatch(pattern, name) and width(text := filled(name)) > cells:
                    wide.append(f"{name}: {width(text)} > {cells}: {text}")
        said = (*(f"desk.{key}" for key in _SAID), *_SAID_ELSEWHERE)
        wide += [f"{name}: {width(text)} > 78: {text}" for name in said if width(text := filled(name)) > 78]
        assert wide == []
    finally:
        set_language("en")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_labels_and_titles_fit_the_form_and_the_list(spoken: Language) -> None:
    set_language(spoken)
    try:
        for row in _PLACES[spoken]:
            for name, label_at, value_at in row:
                if name in FIELDS:
                    assert width(t(f"desk.field_{name}")) < value_at - label_at, name
        columns = {column.key: column.cells for column in lists.call_columns(spoken)}
        for policy in map(builtin, BUILTINS):
            for outcome in policy.outcomes:
                # A longer one is cropped in the list; there it must still be known from every other.
                short = {crop(one.title.of(spoken), columns["outcome"]) for one in policy.outcomes}
                assert len(short) == len(policy.outcomes), outcome.id
            for interest in policy.form.interests:
                assert width(interest.title.of(spoken)) <= columns["interest"] + 2
        for key in texts("desk"):
            if key.startswith("row_") and "{" not in texts("desk")[key][0]:
                assert width(t(f"desk.{key}")) <= columns["counts"], key
    finally:
        set_language("en")


def test_no_text_of_a_screen_names_a_key_that_may_be_another() -> None:
    # What is said outside the screens knows no key map; ^S of the writing dialog is nobody's command.
    elsewhere = {"cli", "doctor", "settings", "setup", "ui", "usage"}
    named = re.compile(r"\bF\d+\b|\^[A-Z]", re.ASCII)
    found = [
        f"{area}.{key}"
        for area in AREAS
        if area not in elsewhere
        for key, spoken in texts(area).items()
        if any(named.search(text) for text in spoken)
    ]
    assert found == []
