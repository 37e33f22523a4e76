"""What the commands print."""

TEXTS: dict[str, tuple[str, str]] = {
    # ---- the program ----
    "no_terminal": (
        "there is no terminal here for the desk or the board; without one these work: "
        "init join members log import status team points ledger show sync check demo --print help",
        "这里没有终端,无法打开工作台或看板;无需终端的命令有:"
        "init join members log import status team points ledger show sync check demo --print help",
    ),
    "no_version": (
        "agent-tui from sources that are not installed: no version",
        "agent-tui 由源代码直接运行,没有安装,因此没有版本号",
    ),
    "fault": (
        "an unexpected fault; what was said to be saved is saved. The report, without customer data: {report}",
        "程序意外出错;显示已保存的都在。出错报告(不含客户资料):{report}",
    ),
    "fault_unreported": (
        "an unexpected fault ({kind}); its report could not be written: {reason}",
        "程序意外出错({kind});报告无法写入:{reason}",
    ),
    "with_record": ("{told} (record {record})", "{told}(记录 {record})"),
    "output_lost": ("the output could not be written: {reason}", "输出无法写入:{reason}"),
    # ---- calls ----
    "saved": ("saved {id}; valid on {day}: {valid}", "已保存 {id};{day} 有效电话 {valid}"),
    "counts_as_valid": ("counts as a valid call", "计入有效电话"),
    "counts_as_valid_lead": ("counts as a valid call and as a lead", "计入有效电话,计入意向客户"),
    "counts_as_lead": (
        "counts as a lead; the number has a valid call today already",
        "计入意向客户;这个号码今天已有有效电话",
    ),
    "not_valid_incomplete": ("not a valid call yet; missing: {missing}", "暂不计有效;缺:{missing}"),
    "not_valid_not_spoken": ("not a valid call: no conversation", "不计有效:没有通话"),
    "not_valid_repeat": (
        "not a valid call: the number has one today already",
        "不计有效:这个号码今天已有有效电话",
    ),
    "not_valid_false": ("not a valid call: found false", "不计有效:核实为虚报"),
    "not_valid_void": ("not a valid call: withdrawn", "不计有效:已作废"),
    "not_valid_locked": (
        "counts nothing until the supervisor confirms its day again: the day was confirmed before it came",
        "当天已由主管确认,此记录到得较晚,须主管再次确认后才计入",
    ),
    "not_valid_clock": (
        "not a valid call: it starts more than a day after it was written; check this machine's clock",
        "不计有效:开始时间比记录时间晚一天以上;请检查本机时钟",
    ),
    "before_hired": (
        "it is from before the hire date {hired}: kept, but no quota and no pay counts it",
        "早于入职日期 {hired}:予以保留,不计定额,也不计酬",
    ),
    "not_valid_do_not_call": (
        "not a valid call: the number is on the do-not-call list",
        "不计有效:这个号码在勿再拨名单上",
    ),
    "field_company": ("company", "单位"),
    "field_contact": ("contact", "联系人"),
    "field_title": ("title", "职务"),
    "field_phone": ("usable phone", "可用的电话"),
    "field_note": ("follow-up content", "跟进内容"),
    "field_department": ("department", "部门"),
    "field_headcount": ("headcount", "人数"),
    "field_it_status": ("IT status", "信息化现状"),
    "not_a_follow_up": (
        "'{text}' is not a time to call again; write it like 2026-11-24T15:00, or 'tomorrow 3pm'",
        "看不懂下次跟进时间“{text}”;请写成 2026-11-24T15:00,或“明天下午3点”",
    ),
    # ---- figures ----
    "counts_of": (
        "valid calls {valid} / {calls}, leads {leads} / {due}",
        "有效电话 {valid} / {calls},意向客户 {leads} / {due}",
    ),
    "counts": ("valid calls {valid}, leads {leads}", "有效电话 {valid},意向客户 {leads}"),
    "day_off": ("a day off: nothing is due, calls still count", "休息日,不考核;打了照样计入"),
    "dials": (
        "dials {dials}, connected {connected}, complete {complete}, incomplete {incomplete}, companies {companies}",
        "拨打 {dials},接通 {connected},完整 {complete},不完整 {incomplete},家数 {companies}",
    ),
    "pace": ("due by now {due}, gap {gap}; {forecast}", "此刻应有 {due},差距 {gap};{forecast}"),
    "forecast": ("quota expected at {time}", "预计 {time} 完成定额"),
    "no_forecast": ("no forecast for today's quota", "今天的定额还无法预计"),
    "points": (
        "points {balance}; {bonus} to the bonus, {penalty} to the penalty",
        "积分 {balance};距奖励 {bonus} 分,距扣罚 {penalty} 分",
    ),
    "estimate": (
        "estimate of the month {total} yuan, after {fines} of fines",
        "本月估算 {total} 元,已扣罚款 {fines} 元",
    ),
    "waits": (
        "waiting for a supervisor of {team} to approve this device; what is logged counts from then on",
        "正等待“{team}”的主管批准本机;批准后,之前记录的都会计入",
    ),
    "sync_pending": ("waiting to be sent: {pending}", "待发 {pending}"),
    "sync_left": ("still to be read: {left}; waiting to be sent: {pending}", "待读 {left}  待发 {pending}"),
    "sync_error": ("sync: {error}", "同步:{error}"),
    "team_line": ("{team}, {day}, agents: {n}", "{team} {day} {n} 人"),
    "totals": (
        "team: valid {valid}/{calls}, pace {gap}, leads {leads}/{due}, must stay {stay}",
        "全组:有效 {valid}/{calls},节奏 {gap},意向 {leads}/{due},应补 {stay} 人",
    ),
    "calls_alone": (
        "of colleagues this machine reads the calls alone, not what a supervisor confirmed or found of them",
        "同事的数字只按通话计算:主管对他们的确认和核实,本机读不到",
    ),
    "waiting": ("devices awaiting approval: {n}; agent-tui members", "{n} 台设备待批准:agent-tui members"),
    "whose": ("say whose ledger: --agent ID", "请说明看谁的积分:--agent 工号"),
    "ledger": ("{agent}, {month}: {balance:point/points}", "{agent} {month} 积分 {balance}"),
    "entry_standing": ("stands", "有效"),
    "entry_appealed": ("appealed", "申诉中"),
    "entry_upheld": ("upheld", "维持"),
    "entry_withdrawn": ("withdrawn", "已撤销"),
    "entry_in_question": ("in question", "存疑"),
    "rule_named": ("{title} ({id})", "{title}({id})"),
    "entered_off": ("{agent}: {rule} on {on}; entry {id}", "{agent}:{on} {rule};记录 {id}"),
    "entered_points": (
        "{agent}: {rule} on {on}, {points:point/points}; balance {balance}; entry {id}",
        "{agent}:{on} {rule},{points} 分;积分 {balance};记录 {id}",
    ),
    "entered_estimate": (
        "{agent}: {rule} on {on}, {points:point/points}, {yuan} yuan; balance {balance}; entry {id}",
        "{agent}:{on} {rule},{points} 分,{yuan} 元;积分 {balance};记录 {id}",
    ),
    # ---- team ----
    "team_made": ("team {team} is made in {share}", "团队 {team} 已建立在 {share}"),
    "recovery_code": ("recovery code: {code}", "恢复码:{code}"),
    "recovery_ask": ("recovery code of the team:", "请输入团队的恢复码:"),
    "recovered": (
        "the owner's key of {team} is on this machine, and {id} is a supervisor; 'agent-tui sync --once' tells the "
        "team. End a lost machine: agent-tui members leave WRITER --on DATE",
        "“{team}”的所有者密钥已在本机,{id} 是主管;请执行 agent-tui sync --once 告知全队。"
        "丢失的机器请停用:agent-tui members leave 设备编号 --on 日期",
    ),
    "recovery_keep": (
        "Write it down and keep it away from this machine: it is the team's owner key and is not shown again.",
        "请抄写下来,不要存在本机:它就是团队的所有者密钥,不会再次显示。",
    ),
    "hired_not_given": (
        "the request says hired on {hired}, as no date was given; a supervisor needs none, but an agent's quota and "
        "pay go by it: to put it right, join again with --hired DATE",
        "没有写入职日期,申请里写的是 {hired};主管用不着,电话销售员的定额和工资按它算:要更正请加 --hired 日期重新申请",
    ),
    "asked": (
        "request left for {id}; calls can be logged at once and count when a supervisor has approved this device",
        "已为 {id} 提出申请;现在就可以记电话,主管批准本机后计入",
    ),
    "four_words": (
        "the supervisor must see the same four words: {words}",
        "主管那边应显示同样的四个词:{words}",
    ),
    "no_members": ("nobody has asked to join yet", "还没有人申请加入"),
    "role_agent": ("agent", "电话销售员"),
    "role_supervisor": ("supervisor", "主管"),
    "member_waiting": ("waits", "待批准"),
    "member_approved": ("approved", "已批准"),
    "member_left": ("left", "已离队"),
    "member_ignored": ("ignored", "已忽略"),
    "ignored": (
        "the request of {id} {name} ({writer}) waits no more on this machine; it can still be approved",
        "{id} {name} 的申请({writer})在本机不再列为待批准;需要时仍可批准",
    ),
    "compare_words": (
        "Compare the four words with those on the person's own screen, then: agent-tui members approve WRITER",
        "先与对方屏幕上的四个词核对,再执行:agent-tui members approve 设备编号",
    ),
    "more_words": (
        "the four words of {n} more are worked out when they are asked for: on the board, F9 8 and Enter",
        "另有 {n} 台的四个词用到时才计算:在看板按 F9 8,再按回车",
    ),
    "approved": ("{id} {name} is in the team as {role}", "{id} {name} 已加入团队,身份:{role}"),
    "stays_hired": (
        "{id} stays hired on {hired}, as approved first; the request says {asked}, which changes nothing. Whoever is "
        "hired anew asks with another number; a date that was approved wrong: agent-tui members hired {id} DATE",
        "{id} 的入职日期仍是首次批准的 {hired};申请里写的 {asked} 不起作用。重新入职的人请用新工号申请;"
        "批准错了的日期可以更正:agent-tui members hired {id} 日期",
    ),
    "left": ("{id} {name}: the last day that counts is {on}", "{id} {name}:最后计入的日子是 {on}"),
    "ended": (
        "that machine of {id} {name} ({writer}) is ended; the last day that counts of it is {on}; {name} stays",
        "{id} {name} 的那台机器({writer})已停用,最后计入的日子是 {on};{name} 仍在队里",
    ),
    "left_out": ("; records written later, which count no more: {records}", ";此后写的 {records} 条不再计入"),
    "left_confirmed": ("; days that are confirmed and change: {days}", ";已确认而数字有变的日子:{days}"),
    "left_moved": (
        "{id} {name}: the last day that counts is {on}, before {before}; records that count: {records}",
        "{id} {name}:最后计入的日子改为 {on}(原为 {before});计入的记录 {records} 条",
    ),
    "end_moved": (
        "{id} {name}: the end of that machine was moved to {on}; records that count: {records}",
        "{id} {name}:那台机器改为计到 {on};计入的记录 {records} 条",
    ),
    "left_same": (
        "{id} {name}: nothing changed; this was said before, and no record written up to {on} has arrived since",
        "{id} {name}:没有变化;以前已经这样停用,此后也没有收到 {on} 及以前写的记录",
    ),
    # ---- share ----
    "no_share": (
        "this desk has no shared folder yet; join one: agent-tui join SHARE --id ID --name NAME --hired DATE",
        "本机还没有共享文件夹;加入团队:agent-tui join 共享文件夹 --id 工号 --name 姓名 --hired 入职日期",
    ),
    "moved_records_in": ("records read: {n}", "收到记录 {n}"),
    "moved_records_out": ("records sent: {n}", "发出记录 {n}"),
    "moved_documents_in": ("documents read: {n}", "收到文档 {n}"),
    "moved_documents_out": ("documents sent: {n}", "发出文档 {n}"),
    "moved_bytes_in": ("bytes read: {n}", "收到字节 {n}"),
    "moved_bytes_out": ("bytes sent: {n}", "发出字节 {n}"),
    "moved_mended": ("bytes mended: {n}", "修补字节 {n}"),
    "nothing_moved": ("nothing moved", "没有变化"),
    "watching": ("watching {share}; Ctrl+C ends", "正在同步 {share};按 Ctrl+C 结束"),
    # ---- help and places ----
    "help_how": (
        "a page: agent-tui help TOPIC; the same pages are on F1",
        "看一页:agent-tui help 主题;按 F1 也是这些内容",
    ),
    "place_home": ("this machine's data", "本机数据"),
    "place_settings": ("settings, drafts", "设置与草稿"),
    "place_crash_reports": ("reports of faults", "出错报告"),
    "place_cache": ("cache, may be deleted", "缓存,可以删除"),
    "place_program": ("the program", "程序"),
    "place_team": ("a team's records and keys", "一个团队的记录与密钥"),
}
