"""What is said of files that people bring in."""

TEXTS: dict[str, tuple[str, str]] = {
    # ---- the file ----
    "unreadable": ("{file} cannot be read: {reason}", "无法读取 {file}:{reason}"),
    "too_large": (
        "{file} is larger than {limit} MB; split it into smaller files",
        "{file} 超过 {limit} MB;请拆成几个小文件",
    ),
    "spreadsheet": (
        "{file} is a spreadsheet; save it as CSV UTF-8 and import that",
        "{file} 是电子表格;请另存为 CSV UTF-8 再导入",
    ),
    "encoding": (
        "{file} is neither UTF-8 nor GB18030; save it as CSV UTF-8",
        "{file} 既不是 UTF-8 也不是 GB18030;请另存为 CSV UTF-8",
    ),
    "not_csv": (
        "{file} is not CSV near line {line}: a quotation mark is open or a cell is too long",
        "{file} 第 {line} 行附近不是有效的 CSV:引号没有配对,或单元格过长",
    ),
    "empty": ("{file} is empty; its first row must be the headings", "{file} 是空的;第一行应当是表头"),
    "no_column": (
        "a column is missing; its heading may be one of: {names}",
        "缺少一列;表头可以是:{names}",
    ),
    "column_twice": (
        "'{first}' and '{second}' mean the same column; leave one of them",
        "“{first}”与“{second}”是同一列;请只保留一个",
    ),
    "refused_unwritten": (
        "the refused rows could not be written to {folder}: {reason}",
        "无法把未导入的行写到 {folder}:{reason}",
    ),
    # ---- a row: the reason stands in the file of refused rows ----
    "reason": ("reason", "未导入原因"),
    "too_many_cells": (
        "more cells than headings; a text with a comma needs quotation marks",
        "单元格比表头多;含逗号的文字要加引号",
    ),
    "too_long": ("{column}: longer than {limit} characters", "{column}:超过 {limit} 个字"),
    "outcome": (
        "'{text}' is no outcome; write one of {allowed}, or its title",
        "“{text}”不是通话结果;请写 {allowed} 之一,或中文名称",
    ),
    "interest": (
        "'{text}' is no interest; write intent, developable or nothing",
        "“{text}”不是意向;请写 意向、可发展 或留空",
    ),
    "grade": ("'{text}' is no grade; write A, B or nothing", "“{text}”不是级别;请写 A、B 或留空"),
    "start": (
        "'{text}' is no start; write it like 2026-11-23 14:30",
        "“{text}”不是开始时间;请写成 2026-11-23 14:30",
    ),
    "to_come": ("'{text}' is still to come", "“{text}”还没有到"),
    "follow_up": (
        "'{text}' is no follow-up; write it like 2026-11-23 14:30",
        "“{text}”不是下次跟进时间;请写成 2026-11-23 14:30",
    ),
    "duration": ("'{text}' is no duration; write the seconds", "“{text}”不是通话时长;请写秒数"),
    # ---- the result ----
    "outcome_line": (
        "{read} rows read: {imported} imported, {already} already there, {refused} refused, {other} of other agents",
        "读到 {read} 行:导入 {imported},已有 {already},未导入 {refused},其他工号 {other}",
    ),
    "dry_line": (
        "{read} rows read: {imported} would be imported, {already} already there, {refused} would be refused, "
        "{other} of other agents; nothing was written",
        "读到 {read} 行:可导入 {imported},已有 {already},不能导入 {refused},其他工号 {other};没有写入任何内容",
    ),
    "refused_row": ("line {line}: {reason}", "第 {line} 行:{reason}"),
    "refused_more": ("and {n} more", "另有 {n} 行"),
    "refused_file": ("refused rows, with reasons: {file}", "未导入的行及原因:{file}"),
}
