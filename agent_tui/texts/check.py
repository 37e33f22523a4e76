"""What `check` says beside the findings, which sync words."""

TEXTS: dict[str, tuple[str, str]] = {
    "seen": (
        "{files:file/files}, {documents:document/documents}, {lines:signed record/signed records} verified; "
        "{waiting:record/records} not signed yet",
        "已核对 {files} 个文件、{documents} 份文档、{lines} 条已签名的记录;{waiting} 条尚未签名",
    ),
    "away": (
        "{reason}. Only this machine was checked; check again when the folder is there",
        "{reason}。这次只核对了本机;文件夹恢复后请再核对一次",
    ),
    "unbound": (
        "{n:device is/devices are} not approved, and not judged",
        "{n} 台设备未获批准;它们的文件没有核对",
    ),
    "sealed_off": (
        "{n:record is/records are} sealed without this machine, which a supervisor ended: that is no fault; the team "
        "counts them, the figures here do not",
        "有 {n} 条记录没有加密给本机,因为主管已停用本机:这不是错误;团队照常计入,本机的数字里没有",
    ),
    "refilled": (
        "put back: {segments:file/files} of records, {documents:document/documents}, {bytes:byte/bytes}",
        "已补回:{segments} 个记录文件、{documents} 份文档,共 {bytes} 字节",
    ),
    "refill_kept": (
        "{n:file there differs from its copy here/files there differ from their copies here}, left as found; "
        "'agent-tui check' tells more",
        "有 {n} 个文件与本机的副本不同,没有改动;agent-tui check 会说明详情",
    ),
    "well": ("nothing is damaged or forged", "没有损坏,也没有伪造"),
    "found": ("findings: {n}; everything not named here stands", "发现 {n} 处问题;没有提到的都有效"),
    "report_roster_forked": (
        "roster/{number}: two different rosters of this number are signed; ask whoever holds the owner's key",
        "roster/{number}:这个编号有两份不同的主管名册;请询问持有所有者密钥的人",
    ),
    "report_roster_left_out": (
        "roster/{number} let device {writer} in as a supervisor's, or ended it; the roster in force leaves that out, "
        "as when a folder went back to an older copy. Publish again what it lacks: agent-tui refill FOLDER",
        "主管名册:第 {number} 份批准设备 {writer} 为主管设备,或停用了它,现行的一份却没有写,例如文件夹恢复过旧版本;"
        "请把缺的补回:agent-tui refill 文件夹",
    ),
    "report_roster_behind": (
        "roster: device {writer} knew roster {number}, which is not on the share; sync again, or ask the supervisor",
        "主管名册:设备 {writer} 见过第 {number} 份,但共享文件夹里没有;请再同步一次,或询问主管",
    ),
    "report_retold": (
        "members: a record that lets a device in, or ends it, counts nothing, as another device of the same supervisor "
        "told it otherwise under its id; compare who is in: agent-tui members",
        "成员:批准或停用设备的一条记录不计入:同一主管的另一台设备用同一编号改了说法;请核对谁在团队里:agent-tui members",
    ),
    "of_person": ("{id} {name}: {text}", "{id} {name}:{text}"),
    "report_cloned": (
        "device {writer}: its key is in use twice (a copied or restored disk); both have what it wrote up to record "
        "{number}. Approve the new devices that ask, then end it: agent-tui members leave {writer} --on DATE",
        "设备 {writer}:密钥在两处使用(磁盘被复制或恢复过),到第 {number} 条记录为止两处相同。"
        "请批准申请加入的新设备,再停用它:agent-tui members leave {writer} --on 日期",
    ),
    "refused_lines": (
        "records refused, which count nothing: {n} ({why}); 'agent-tui check' tells which",
        "被拒绝、不计入的记录:{n} 条({why});agent-tui check 会说明是哪些",
    ),
    "ahead": (
        "{n:call is/calls are} dated {day} or later, by a clock that was ahead, and counted there alone. Their agent "
        "puts each right: agent-tui correct {id} --started-at TIME",
        "{n} 通电话被走快的时钟记在 {day} 或更晚,只在那天计入。由本人逐条更正:agent-tui correct {id} --started-at 时间",
    ),
    # ---- why a line counts nothing ----
    "why_unknown_kind": ("an unknown kind", "未知的种类"),
    "why_not_own": ("about somebody else's calls", "写的是别人的电话"),
    "why_supervisors_only": ("only supervisors write this", "只有主管能写"),
    "why_about_self": ("a supervisor about themselves", "主管写给自己"),
    "why_unbound": ("its device is not approved", "设备未获批准"),
    "why_ended": ("after its device's end", "在设备停用之后"),
    "why_branch": ("another than the last line that counts", "与最后计入的一行不符"),
    "why_shape": ("not in the form of its kind", "内容不符合格式"),
    "why_retold": (
        "another record of the same person has its id, tells something else, and stands",
        "同一人的另一条记录用了同一编号,内容不同,以那一条为准",
    ),
    "why_unopened": (
        "what is sealed in it does not open on this machine; its key may still come",
        "密封的内容在本机打不开;密钥可能还没到",
    ),
    "why_bad_policy": ("a policy that does not hold", "制度内容有误"),
}
