"""The rules as data: shown, checked, published, replayed."""

TEXTS: dict[str, tuple[str, str]] = {
    # ---- what each command does ----
    "policy": ("the rules as data", "制度文件"),
    "show": (
        "the rules in force, or a shipped policy; --toml prints a file to edit",
        "现行制度或自带制度;--toml 输出可编辑的文件",
    ),
    "check": ("whether a policy file can be used, and what it would change", "检查制度文件是否可用,以及会改变什么"),
    "publish": ("supervisor: put a policy file in force from a day on", "主管:发布制度文件,自某日起施行"),
    "replay": ("what a month would have been under a policy file", "按某制度文件重算一个月"),
    # ---- what they take ----
    "which": ("handbook, quota, points or pay: a policy that ships", "自带制度:handbook、quota、points 或 pay"),
    "day": ("the rules of that day", "该日的制度"),
    "toml": ("print the file", "输出制度文件"),
    "file": ("a policy file", "制度文件"),
    "from": ("the first day it is in force", "施行首日"),
    "month": ("the month, such as 2026-11", "月份,如 2026-11"),
    # ---- what they say ----
    "head": ("{title} ({name})  in force from {day}  {digest}", "{title}({name}) 自 {day} 起施行 {digest}"),
    "head_shipped": ("{title} ({name})  shipped with the program  {digest}", "{title}({name}) 程序自带 {digest}"),
    "good": ("{file}: {title} ({name}), {n:rule/rules}", "{file}:{title}({name}),{n} 条规则"),
    "same": ("it changes nothing of the rules in force", "与现行制度没有差别"),
    "status_plain": ("", ""),
    "status_disputed": ("disputed", "有争议"),
    "status_disabled": ("off", "停用"),
    "status_ours": ("ours", "本软件自定"),
    "added": ("{rule}: new", "{rule}:新增"),
    "removed": ("{rule}: gone", "{rule}:取消"),
    "changed": ("{rule}: changed", "{rule}:有改动"),
    "changed_key": ("{rule}.{key}: {before} -> {after}", "{rule}.{key}:{before} → {after}"),
    "nothing": ("nothing", "无"),
    "done": ("{name} is in force from {day} ({digest})", "{name} 自 {day} 起施行({digest})"),
    "replay_head": ("{month} as it is, and under {name}; estimates", "{month} 现行与 {name} 对照(估算)"),
    "replay_now": ("as it is", "现行"),
    "replay_then": ("would be", "改后"),
    "replay_change": ("change", "差额"),
    "replay_total": ("total", "合计"),
    "no_pay": ("neither policy has pay: there is nothing to compare", "两套制度都没有工资部分,无可对照"),
    # ---- refusals ----
    "refused": ("{source}, line {line}: {allowed}", "{source} 第 {line} 行:{allowed}"),
    "refused_at": (
        "{source}, line {line}, column {column}: {allowed}",
        "{source} 第 {line} 行第 {column} 列:{allowed}",
    ),
    "refused_key": ("{source}, line {line}: {key}: allowed: {allowed}", "{source} 第 {line} 行:{key}:可用:{allowed}"),
    "no_file": ("{path} cannot be read: {reason}; name a policy file", "无法读取 {path}:{reason};请给出制度文件"),
    "nobody_there": (
        "nobody was an agent of the team in {month}: there is nothing to replay",
        "{month} 时团队里没有电话销售员,没有可试算的",
    ),
    "not_utf8": ("{path} is neither UTF-8 nor UTF-16; save it as UTF-8", "{path} 不是 UTF-8 或 UTF-16;请存为 UTF-8"),
    "from_past": (
        "a policy judges no day that is over: {day} has passed; use --from {today} or later ('replay' shows the past)",
        "制度不追溯:{day} 已过;请用 --from {today} 或之后的日期(replay 可重算过去)",
    ),
    "published_already": (
        "this very policy ({name}) is in force from {day} already; nothing to publish",
        "这份制度({name})已自 {day} 起施行,无需再发布",
    ),
}
