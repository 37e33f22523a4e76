"""What can go wrong anywhere: what, where, and how to mend it."""

TEXTS: dict[str, tuple[str, str]] = {
    "not_a_time": (
        "'{text}' is not a time; write it like 2026-11-23T14:30+08:00",
        "“{text}”不是时间;请写成 2026-11-23T14:30+08:00",
    ),
    "file_missing": (
        "{path} is missing; restore it from a backup of this data directory",
        "缺少文件 {path};请从本数据目录的备份中恢复",
    ),
    "file_damaged": (
        "{path} is damaged; restore it from a backup of this data directory",
        "文件 {path} 已损坏;请从本数据目录的备份中恢复",
    ),
    "team_missing": (
        "{path} is missing or damaged, and the shared folder cannot give it now; start again when that is in reach, or"
        " restore the file from a backup of this data directory",
        "文件 {path} 丢失或已损坏,团队的共享文件夹现在也给不出;等共享文件夹连得上时再启动,或从本数据目录的备份中恢复",
    ),
    "odds_damaged": (
        "the settings were damaged and start anew; the damaged file is kept as {path}; no record is touched",
        "设置文件已损坏,已恢复默认;损坏的文件保留为 {path};记录不受影响",
    ),
    "requests_unread": (
        "requests to join that are kept here were passed over, whoever sent them is not shown: {problem}",
        "本机保存的加入申请已跳过,不显示是谁申请的:{problem}",
    ),
    "newer_lines": (
        "records left out because only a newer version understands them: {n}; update agent-tui",
        "有 {n} 条记录来自更新的版本,本版本不能识别,未计入;请升级 agent-tui",
    ),
    "damaged_lines": (
        "damaged lines passed over: {n}; 'agent-tui check' tells where, and a sync mends what the share has",
        "跳过损坏的记录行:{n} 行;agent-tui check 会说明位置,同步会用共享文件夹中的副本修复",
    ),
    "no_number": (
        "'{text}' is not a usable phone number; write it like 13800138000 or 0574-87654321",
        "“{text}”不是可用的电话号码;请写成 13800138000 或 0574-87654321",
    ),
    "no_outcome": (
        "'{text}' is not an outcome; write one of {allowed}, or its title",
        "“{text}”不是通话结果;请写 {allowed} 之一,或中文名称",
    ),
    "erasures_full": (
        "{most} customers were erased in this team, and its keys can name no more: found a new team for what comes",
        "本团队已删除 {most} 位客户,密钥里记不下更多;请为今后的工作新建团队",
    ),
    "names_customer": (
        "the reason names the number; it stays readable for everybody, so write it without the customer",
        "理由里写了号码;理由人人可见,请不要写客户信息",
    ),
    "open_text": (
        "{number} is a customer's; this text is not sealed and no erasure reaches it, so write it without the customer",
        "{number} 是客户的号码;这段文字不加密,删除客户时也删不掉,请不要写客户信息",
    ),
    "no_team": (
        "there is no team on this machine yet; run 'agent-tui' to set one up, or 'agent-tui join FOLDER'",
        "本机还没有团队;运行 agent-tui 进行设置,或运行 agent-tui join 共享文件夹",
    ),
    "other_team": (
        "{share} now holds another team; nothing was read or written there: check the folder, or join that team",
        "{share} 中现在是另一个团队;没有读写任何内容:请检查文件夹,或申请加入该团队",
    ),
    "already_member": (
        "this machine is already in the team {team}",
        "本机已在团队“{team}”中",
    ),
    "in_team": (
        "this machine is already in the team {team}; use another --home for a second team",
        "本机已在团队“{team}”中;如需加入另一个团队,请用 --home 指定其他数据目录",
    ),
    "code_unseen": (
        'the team\'s recovery code was never shown here; this shows it: agent-tui init "{share}" --team "{team}" '
        '--id {id} --name "{name}"',
        '团队的恢复码还没有显示过;请执行:agent-tui init "{share}" --team "{team}" --id {id} --name "{name}"',
    ),
    "waits_for": (
        "this machine has asked to join the team {team}; use another --home for a second team",
        "本机已申请加入团队“{team}”;如需加入另一个团队,请用 --home 指定其他数据目录",
    ),
    "asked_as": (
        "this machine has asked to join {team} as {id}; ask again with that id",
        "本机已以工号 {id} 申请加入“{team}”;请用同一工号",
    ),
    "bad_id": (
        "'{id}' is not an id; use 1 to 32 letters, digits, - or _, like A017",
        "“{id}”不是工号;请用 1 到 32 个字母、数字、- 或 _,例如 A017",
    ),
    "bad_zone": (
        "'{zone}' is not a time zone; use a name like Asia/Shanghai",
        "“{zone}”不是时区;请用 Asia/Shanghai 这样的名称",
    ),
    "unknown_zone": (
        "team '{team}' counts its days in '{zone}', a time zone that this machine does not know; "
        "update this system, or ask your supervisor",
        "团队“{team}”按时区“{zone}”计日,本机不认识这个时区;请更新系统,或询问主管",
    ),
    "unknown_outcome": (
        "'{outcome}' is not an outcome; use one of {known}",
        "没有“{outcome}”这种结果;可用:{known}",
    ),
    "starts_later": (
        "the call starts at {at}, which is still to come; check the time",
        "通话开始时间 {at} 还没到;请检查时间",
    ),
    "too_long": (
        "{field} is longer than {limit} characters; shorten it",
        "{field} 超过 {limit} 个字符;请缩短",
    ),
    "not_waiting": (
        "no device {writer} asks to join; see 'agent-tui members'",
        "没有设备 {writer} 在申请加入;请看 agent-tui members",
    ),
    "device_in": (
        "{writer} is {who} and in the team as {role} already; nothing waits to be approved",
        "{writer} 是 {who} 的设备,已在团队中,身份为{role};无需批准",
    ),
    "device_out": (
        "{writer} of {who} was ended; that machine asks again, with a new key, by 'agent-tui join'",
        "{who} 的设备 {writer} 已停用;请在那台机器上用 agent-tui join 重新申请,会换新密钥",
    ),
    "id_alike": (
        "{id} and {other}, who is in this team, differ only in capitals; the device must ask again as {other}, or "
        "with another id",
        "{id} 与本团队的 {other} 只有大小写不同;请该设备改用 {other} 或另一个工号重新申请",
    ),
    "id_taken": (
        "{id} is {name} in this team; the device must ask again with another id or the same name",
        "工号 {id} 在本团队中属于{name};请该设备换一个工号,或用相同姓名重新申请",
    ),
    "not_in_team": (
        "{person} is not in this team; see 'agent-tui members'",
        "{person} 不在本团队;请看 agent-tui members",
    ),
    "supervisors_only": (
        "only a supervisor can do this, and this machine is {person}'s, an agent",
        "只有主管可以这样做;本机属于电话销售员 {person}",
    ),
    "is_supervisor": (
        "{id} is a supervisor; approve the new device as one, where the owner's key lies: "
        "agent-tui members approve {writer} --role supervisor",
        "{id} 是主管;请在存有团队密钥的电脑上把新设备批准为主管:agent-tui members approve {writer} --role supervisor",
    ),
    "supervisor_no_agent": (
        "{person} is a supervisor: no quota, points or pay, and no week to plan; 'agent-tui members' lists the agents",
        "{person} 是主管,没有定额、积分、工资和周计划;agent-tui members 列出各位销售员",
    ),
    "is_agent": (
        "{id} is an agent's id, and the agent's days are judged by it; a supervisor needs another: ask again with one",
        "工号 {id} 是销售员的,其每一天都按它考核;主管须用另一个工号:请换一个再申请",
    ),
    "other_owner": (
        "this recovery code is of another team, not of {team}; compare it with the paper, or check the folder",
        "这个恢复码属于另一个团队,不是“{team}”的;请与纸上的核对,或检查文件夹",
    ),
    "recover_elsewhere": (
        "this machine is {id}'s, and no supervisor's in use; take the team over in a data directory of its own: "
        "agent-tui --home DIR init SHARE --recover --id ID --name NAME",
        "本机属于 {id},不是在用的主管电脑;请用另一个数据目录接管团队:"
        "agent-tui --home 目录 init 共享文件夹 --recover --id 工号 --name 姓名",
    ),
    "device_ended": (
        "a supervisor ended this device; what is logged since does not count. Ask again with a new key: agent-tui join "
        "{share} --id {id} --name NAME --hired DATE",
        "主管已停用本机;此后记的不计入。请用新密钥重新申请:agent-tui join "
        "{share} --id {id} --name 姓名 --hired 入职日期",
    ),
    "owner_needed": (
        "a supervisor is made or ended where the owner's key lies, not here; do it on the machine that created the "
        "team, or bring the key here with the recovery code: agent-tui init SHARE --recover",
        "只有存有所有者密钥的电脑才能设立或停用主管,本机没有;请在创建团队的那台电脑上操作,或用恢复码把密钥取到本机:"
        "agent-tui init 共享文件夹 --recover",
    ),
    "about_self": (
        "a supervisor cannot enter anything about themselves; ask another supervisor",
        "主管不能给自己记录;请其他主管来做",
    ),
    "day_to_come": (
        "{day} is still to come; give today or an earlier day",
        "{day} 还没到;请填今天或更早的日期",
    ),
    "leaving_to_come": (
        "{day} is still to come, and a device ends at once; repeat this on {day} or later",
        "{day} 还没到,而停用立即生效;请到 {day} 当天或之后再执行",
    ),
    "hired_to_come": (
        "the hire date {hired} is still to come; give the first day at work, today or earlier",
        "入职日期 {hired} 还没到;请填第一天上班的日期,今天或更早",
    ),
    "call_void": (
        "call {id} was withdrawn, and a correction would bring it back; log it again as a new call",
        "通话 {id} 已作废,更正会使它重新计入;如果要计入,请重新记一通",
    ),
    "void_twice": ("call {id} is withdrawn already", "通话 {id} 已经作废"),
    "clock_behind": (
        "this machine's clock says {now}, and the call was logged on {at}: a change would count nothing; set the "
        "clock, or change the call on the machine that logged it",
        "本机时钟是 {now},而这通电话记于 {at}:现在更改不会生效;请先校准时钟,或到记这通电话的机器上更改",
    ),
    "before_hired": (
        "{day} is before {person} was hired on {hired}",
        "{day} 早于 {person} 的入职日期 {hired}",
    ),
    "after_leaving": (
        "{day} is after {person} left on {left}",
        "{day} 晚于 {person} 的离队日期 {left}",
    ),
    "no_proposal": (
        "nothing proposes {id}; 'agent-tui proposals' lists what waits",
        "没有待定建议 {id};agent-tui proposals 列出全部待定建议",
    ),
    "no_record": (
        "there is no record {id} on this machine; it may not have been synced yet",
        "本机没有记录 {id};可能尚未同步",
    ),
    "id_of_two": (
        "two people's records have the id {id}, which no honest program brings about; say whose you mean, such as "
        "{first}: {names}",
        "两个人的记录用了同一编号 {id},正常的程序不会这样;请写明是谁的,如 {first}:{names}",
    ),
    "not_own_call": (
        "{id} is not a call of yours on this machine",
        "{id} 不是您在本机的通话记录",
    ),
    "no_points_rules": (
        "the policy in force has no points; publish one that has",
        "现行制度没有积分规则;请发布含积分的制度",
    ),
    "unknown_rule": (
        "'{rule}' is not a rule that takes an entry; use one of {known}",
        "“{rule}”不是可记分的条目;可用:{known}",
    ),
    "points_by_verdict": (
        "{rule} follows from a call found false; use 'agent-tui verify ID --false --text …'",
        "{rule} 由核实为假的通话产生;请用 agent-tui verify 编号 --false --text …",
    ),
    "points_no_workday": (
        "{day} is not a workday: nobody is absent on it",
        "{day} 不是工作日,不算旷工",
    ),
    "points_fixed": (
        "{rule} is always {points:point/points}; leave the points out",
        "{rule} 固定为 {points} 分;无需填写分数",
    ),
    "points_range": (
        "{rule} takes {least} to {most} points; say how many",
        "{rule} 可记 {least} 到 {most} 分;请写明分数",
    ),
    "no_month": (
        "'{month}' is not a month; write it like 2026-11",
        "“{month}”不是月份;请写成 2026-11",
    ),
    "has_share_no": (
        "this desk has no shared folder; join one with 'agent-tui join FOLDER'",
        "本机没有共享文件夹;请用 agent-tui join 文件夹 加入",
    ),
    # ---- customers and lists ----
    "no_agent": (
        "{person} is not an agent of this team; 'agent-tui members' lists them",
        "{person} 不是本团队的电话销售员;agent-tui members 列出全部成员",
    ),
    "hand_to_self": ("the customer is your own already; name a colleague", "这位客户本来就是您的;请选一位同事"),
    "merge_same": (
        "two different spellings of the company are needed to make them one",
        "合并需要两个不同的单位写法",
    ),
}
