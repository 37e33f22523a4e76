"""What is said of files that people bring in."""

TEXTS: dict[str, tuple[str, str]] = {
    # ---- the file ----
    "unreadable": (
        "{file} cannot be read: {reason}; check the path, and that your account may read it",
        "无法读取 {file}:{reason};请检查路径,以及当前账号能否读取",
    ),
    "too_large": (
        "{file} is larger than {limit} MB; split it into smaller files",
        "{file} 超过 {limit} MB;请拆成几个小文件",
    ),
    "not_xlsx": (
        "{file} is no XLSX workbook, or a damaged one; save it anew as .xlsx or as CSV UTF-8",
        "{file} 不是 XLSX 表格,或已损坏;请重新另存为 .xlsx 或 CSV UTF-8",
    ),
    "old_workbook": (
        "{file} is an old .xls workbook, or one with a password; save it as .xlsx without a password",
        "{file} 是旧的 .xls 表格,或带有密码;请不设密码另存为 .xlsx",
    ),
    "too_many_rows": (
        "{file} has more than {limit} rows, more than a team calls in a quarter; split it and import what is next",
        "{file} 超过 {limit} 行,一个团队一季度也打不完;请拆开,先导入接下来要打的",
    ),
    "encoding": (
        "{file} is neither UTF-8, UTF-16 nor GB18030, or is damaged; save it as CSV UTF-8",
        "{file} 不是 UTF-8、UTF-16 或 GB18030,或已损坏;请另存为 CSV UTF-8",
    ),
    "web_page": (
        "{file} is a web page, as some systems hand out tables; open it in a spreadsheet and save it as .xlsx",
        "{file} 其实是网页(有些系统这样导出表格),不是表格文件;请用表格软件打开,另存为 .xlsx",
    ),
    "not_csv": (
        "{file} is not CSV near line {line}: a quotation mark is open or a cell is too long",
        "{file} 第 {line} 行附近不是有效的 CSV:引号没有配对,或单元格过长",
    ),
    "empty": ("{file} is empty; its first row must be the headings", "{file} 是空的;第一行应当是表头"),
    "no_column": (
        "{file} lacks a column: its headings are {headings}; head one of its columns with {names}",
        "{file} 缺少一列:表头是 {headings};请把其中一列的表头写成 {names} 之一",
    ),
    "no_phone_column": (
        "{file} has no column of phone numbers: its headings are {headings}; call one of them {names}",
        "{file} 没有电话这一列:表头是 {headings};请把其中一列改名为 {names} 之一",
    ),
    "column_twice": (
        "{file}: '{first}' and '{second}' mean the same column; leave one of them",
        "{file} 里“{first}”与“{second}”是同一列;请只保留一个",
    ),
    "refused_unwritten": (
        "the refused rows could not be written to {folder}: {reason}",
        "无法把未导入的行写到 {folder}:{reason}",
    ),
    "refused_in_share": (
        "the refused rows are not written: {file} is in the team's shared folder, where customers must not stand in "
        "plain text; move the list out of it and import again, nothing comes in twice",
        "未导入的行没有写成文件:{file} 在团队共享文件夹里,那里不能有明文客户资料;请把名单移出去再导入一次,不会重复",
    ),
    # ---- a row: the reason stands in the file of refused rows ----
    "reason": ("reason", "未导入原因"),
    "too_many_cells": (
        "more cells than headings; a text with a comma needs quotation marks",
        "单元格比表头多;含逗号的文字要加引号",
    ),
    "too_long": ("{column}: longer than {limit} characters", "{column}:超过 {limit} 个字"),
    "interest": (
        "'{text}' is not an interest; write intent, developable or nothing",
        "“{text}”不是意向;请写 意向、可发展 或留空",
    ),
    "grade": ("'{text}' is not a grade; write A, B or nothing", "“{text}”不是级别;请写 A、B 或留空"),
    "grade_alone": (
        "grade {grade} does not go with interest '{interest}'; write intent, or no grade",
        "拟级别 {grade} 与意向“{interest}”不符;请写 意向,或不写级别",
    ),
    "start": (
        "'{text}' is not a start; write it like 2026-11-23 14:30",
        "“{text}”不是开始时间;请写成 2026-11-23 14:30",
    ),
    "to_come": (
        "'{text}' is still to come; check the time, and this machine's clock",
        "“{text}”还没有到;请核对时间和本机的时钟",
    ),
    "follow_up": (
        "'{text}' is not a follow-up; write it like 2026-11-23 14:30",
        "“{text}”不是下次跟进时间;请写成 2026-11-23 14:30",
    ),
    "duration": ("'{text}' is not a duration; write the seconds", "“{text}”不是通话时长;请写秒数"),
    "phone_none": ("no number in this row", "这一行没有电话"),
    "phone_letters": (
        "'{text}' is not a number: it has letters in it; an extension is written 转 12 or ext 12",
        "“{text}”不是电话号码:里面有文字;分机请写成 转12",
    ),
    "phone_rounded": (
        "a spreadsheet wrote the number as {text}, its last digits are lost; make the column text there and save again",
        "表格软件把号码写成了 {text},后几位已经丢失;请把那一列设为“文本”,重新填写号码后再保存",
    ),
    "phone_digits": (
        "'{text}' has {n:digit/digits} and cannot be called; a mobile has 11 and begins with 13 to 19, a landline "
        "needs its area code, another country its +",
        "“{text}”共 {n} 位,打不通;手机是 13 至 19 开头的 11 位,座机要带区号,国外号码要带 +",
    ),
    "listed": (
        "on the do-not-call list since {since}, by {by}; only a supervisor lifts it",
        "{since} 起在勿再拨名单上({by} 列入);只有主管能移出",
    ),
    # ---- the result ----
    "outcome_line": (
        "{read:row/rows} read: {imported} imported, {already} already there, {refused} refused, "
        "{other} of other agents",
        "读到 {read} 行:导入 {imported},已有 {already},未导入 {refused},其他工号 {other}",
    ),
    "stopped": (
        "stopped: at least {n} calls are in and stay; import the file again, and the rest comes in",
        "已中断:至少 {n} 通已导入并保存;再导入一次这个文件,就会补上其余的",
    ),
    "dry_line": (
        "{read:row/rows} read: {imported} would be imported, {already} already there, {refused} would be refused, "
        "{other} of other agents; nothing was written",
        "读到 {read} 行:可导入 {imported},已有 {already},不能导入 {refused},其他工号 {other};没有写入任何内容",
    ),
    "beside": (
        "confirmed before these calls came: {days}; they count nothing there until a supervisor confirms again",
        "{days} 在这些电话之前已确认;要等主管再次确认才计入",
    ),
    "lead_share": ("{agent}: {n}", "{agent}:{n}"),
    "done_of": ("{done} % done", "已完成 {done}%"),
    "refused_row": ("line {line}: {reason}", "第 {line} 行:{reason}"),
    "early": (
        "calls from before the hire date {hired}: {n}; they are kept, no quota and no pay counts them. If the date is "
        "wrong, a supervisor puts it right: agent-tui members hired ID DATE",
        "早于入职日期 {hired} 的通话有 {n} 条:予以保留,不计定额,也不计酬。"
        "如果日期不对,请主管更正:agent-tui members hired 工号 日期",
    ),
    "refused_more": ("and {n} more", "另有 {n} 行"),
    "refused_file": ("refused rows, with reasons: {file}", "未导入的行及原因:{file}"),
}
