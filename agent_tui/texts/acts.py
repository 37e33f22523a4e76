"""Why an act of a supervisor or an agent is refused, and what would be right."""

TEXTS: dict[str, tuple[str, str]] = {
    "no_such_payment": (
        "{id} is not a payment of {phone} that stands",
        "{id} 不是 {phone} 仍然有效的回款",
    ),
    "payment_there": ("this payment is {agent}'s already", "这笔回款已经归 {agent}"),
    "hired_supervisor": (
        "{person} is a supervisor: nothing is asked of one, and no hire date counts",
        "{person} 是主管:对主管没有定额,入职日期不起作用",
    ),
    "hired_same": ("{person} is hired on {hired} already", "{person} 的入职日期已经是 {hired}"),
    # ---- what is given ----
    "evidence_call": (
        "{id} is not a call of {agent}; give the id of a call, as `show` and the agent's day tell it",
        "{id} 不是 {agent} 的通话;请填一通电话的编号,在明细或 show 里可以看到",
    ),
    "evidence_record": (
        "{id} is not a record of {agent}; give the id of one",
        "{id} 不是 {agent} 的记录;请填一条记录的编号",
    ),
    "needs_call": (
        "this rule cites a call: give the id of the call, as `show` and the agent's day tell it",
        "这一条须注明通话:请填通话的编号,在明细或 show 里可以看到",
    ),
    "evidence_punch": (
        "{id} is not a punch of {agent}; give the id of a punch",
        "{id} 不是 {agent} 的打卡;请填一次打卡的编号",
    ),
    "minutes": (
        "{minutes} is not 1 to {most}, the working minutes of that day",
        "{minutes} 不在 1 到 {most} 之间;{most} 是当天的工作分钟数",
    ),
    "not_a_week": ("'{week}' is not a week; write it like 2026-W49", "“{week}”不是周;请写成 2026-W49"),
    "text_long": (
        "the text has {length} characters and may have {limit}; shorten it",
        "文字有 {length} 个字符,最多 {limit} 个;请缩短",
    ),
    "needs_reason": ("say why: a reason is needed", "请说明理由:理由不能为空"),
    "needs_text": ("say something: the text is needed", "请写明内容:文字不能为空"),
    "needs_salesman": (
        "a signature needs the salesman who signed; give the name",
        "签字需要写明签字的业务员;请填姓名",
    ),
    "not_an_amount": (
        "'{text}' is not an amount; write yuan like 80000 or -1200.50 (a refund)",
        "“{text}”不是金额;请按元填写,如 80000 或 -1200.50(退款)",
    ),
    "no_payment": ("a payment of 0 is none; write what was received", "回款不能为 0;请填实际回款额"),
    "paid": (
        "{amount} yuan of {phone} on {day} are recorded already, by {by} on {at}; say in the note what is new, or "
        "leave it",
        "{phone} {day} 的 {amount} 元已由 {by} 于 {at} 登记;若是另一笔,请在备注里写明,否则不必再记",
    ),
    "refunded": (
        "a refund to the customer rests on this payment; withdraw the refund first",
        "这笔回款之后有退款;请先撤回退款",
    ),
    "refund_of_several": (
        "the refund of {amount} yuan on {day} is of this payment and of others: withdraw it, enter a refund for each "
        "payment, then move this one",
        "{day} 的退款 {amount} 元不只是这一笔回款的:请先撤销它,按每笔回款分别登记退款,再改归这一笔",
    ),
    "refund": (
        "a refund of {refund} is more than {phone} has paid: {paid} yuan in all; give at most that",
        "退款 {refund} 元超过 {phone} 的累计回款 {paid} 元;退款不能超过累计回款",
    ),
    "rating": ("{rating} is not a rating; give 1 to 5", "{rating} 不是评分;请填 1 到 5"),
    "leads_not_lower": (
        "{leads:lead does/leads do} not lower the quota of {quota}; give 0 to {quota}",
        "{leads} 并未降低意向定额 {quota};请填 0 到 {quota}",
    ),
    "until_past": ("{day} is over; give today or a later day", "{day} 已过;请填今天或以后的日期"),
    "days_turned": (
        "{last} is before {first}; give the first day, then the last",
        "{last} 早于 {first};请先写第一天,再写最后一天",
    ),
    "days_many": (
        "{first} to {last} is more than {most} days; check the dates",
        "{first} 至 {last} 超过 {most} 天;请核对日期",
    ),
    # ---- the record named ----
    "not_readable": (
        "record {id} cannot be read on this machine: it counts nothing, or its key is not here; see 'agent-tui check'",
        "本机无法读取记录 {id}:它不计入,或密钥不在本机;请看 agent-tui check",
    ),
    "of_the_team": (
        "{id} is a record of the whole team ({kind}): no figure of an agent comes from it; see 'agent-tui show {id}'",
        "{id} 是全队的记录({kind}),不产生谁的数字;请看 agent-tui show {id}",
    ),
    "no_call": ("{id} is not a call; give the id of a call", "{id} 不是通话记录;请给通话记录的编号"),
    "no_entry": (
        "{id} is not an entry of a points ledger; 'agent-tui ledger' lists them",
        "{id} 不是积分账上的记录;请看 agent-tui ledger",
    ),
    "no_request": ("{id} is not a request for leave or a visit", "{id} 不是请假或外访申请"),
    "not_your_entry": (
        "entry {id} is about {agent}; an agent appeals against their own entries alone",
        "记录 {id} 属于 {agent};只能对本人的记录申诉",
    ),
    "not_your_call": ("call {id} is {agent}'s; give a call of your own", "通话 {id} 属于 {agent};请给本人的通话"),
    "no_notice": ("no notice is shown today", "今天没有在显示的通知"),
    "no_card": (
        "{id} is not a talk card in use; see 'agent-tui card list'",
        "{id} 不是在用的话术卡;请看 agent-tui card list",
    ),
    # ---- twice ----
    "decided": ("this proposal was decided already; the ledger shows how", "这条待定已处理过;请看积分账"),
    "appealed": (
        "entry {id} was appealed against on {on}; an entry can be appealed against once",
        "记录 {id} 已于 {on} 申诉;每条记录只能申诉一次",
    ),
    "entry_gone": ("this entry is withdrawn already and counts 0", "这条记录已撤销,不计分"),
    "ruled": (
        "this entry was ruled on so already; rule otherwise, or leave it",
        "这条记录已有同样的裁定;请改裁定或保持不变",
    ),
    "verified": (
        "this call was verified so already; verify it otherwise, or leave it",
        "这通电话已有同样的核实结果;请改结果或保持不变",
    ),
    "entered": (
        "'{rule}' of {day} is entered for {agent} already, by {by} on {at}; say in the note what is new, or leave it",
        "{agent} {day} 的“{rule}”已由 {by} 于 {at} 记过;若是另一次,请在备注里写明,否则不必再记",
    ),
    "call_void": ("this call is withdrawn and counts nothing; nothing is left to verify", "这通电话已作废,无需核实"),
    "excused": (
        "{day} of {agent} is excused already, by {by} on {at}",
        "{agent} {day} 已由 {by} 于 {at} 免责",
    ),
    "away_twice": (
        "the same minutes of {day} are approved for {agent} already, by {by} on {at}; withdraw it, or give other "
        "minutes",
        "{agent} {day} 的同样分钟数已由 {by} 于 {at} 批准;请先撤回,或改分钟数",
    ),
    "answered": ("this request is answered already", "这条申请已处理"),
    "asked": (
        "you have asked for the same minutes of {day} already, on {at}; withdraw it, or give other minutes",
        "您已于 {at} 为 {day} 申请过同样的分钟数;请先撤回,或改分钟数",
    ),
    "released": ("{agent} was released on {day} already", "{agent} {day} 已放行"),
    "day_too_long": (
        "{day} of {agent} has {count} records in {segments} files, more than one confirmation can name and more than a "
        "person makes; `check` and the doubts of that day tell where they come from. The day stays unconfirmed",
        "{agent} 的 {day} 有 {count} 条记录、{segments} 个文件,一次确认列不下,手工也不会有这么多;"
        "请用 `check` 和当天的疑点查明来源。该天保持未确认",
    ),
    "quota_made": ("{agent} has made the quota of {day}; nobody is kept", "{agent} 已完成 {day} 的定额;无需放行"),
    "no_workday": (
        "{day} is not a workday: nothing is due on it and nobody is kept; check the date",
        "{day} 不是工作日,没有定额,也不用推迟下班;请核对日期",
    ),
    "not_asked": (
        "nothing is asked of {agent} on {day}: who joins is judged from the day of the request on, {since}",
        "{agent} 在 {day} 不考核:从申请加入的那天({since})起才考核",
    ),
    "all_home": (
        "{day} is over and nobody is kept any more; to clear its shortfall, excuse it",
        "{day} 已经过去,没有人还留着;要免去当天的不足,请用“免责”",
    ),
    "locked": (
        "{day} of {agent} is confirmed and locked; a correction of a call stands beside it, and a supervisor may "
        "confirm again",
        "{agent} {day} 已确认并锁定;通话更正会列在旁边,主管可以再次确认",
    ),
    "confirmed": (
        "{day} of {agent} is confirmed already, and nothing has come since",
        "{agent} {day} 已确认,之后没有新的记录",
    ),
    "handed_in": (
        "{day} is handed in already, and nothing has come since",
        "{day} 已上交,之后没有新的记录",
    ),
    "punched": (
        "you clocked {side} at {time} already; the next punch is the other one",
        "您已于 {time} 打{side}卡;接下来应打另一种卡",
    ),
    "side_in": ("in", "上班"),
    "side_out": ("out", "下班"),
    "checked": ("this punch of {agent} on {day} is checked already", "{agent} {day} 的这次打卡已核对"),
    "coached": ("you have given this note on this call already", "这条讲评您已经写过了"),
    "flagged": ("you have picked this call for the meeting already", "这通电话您已经提到会上了"),
    "published": ("the same card is out already, by {by} on {at}", "相同的话术卡已由 {by} 于 {at} 发布"),
    "attended": (
        "{agent} is down so for that meeting on {day} already",
        "{agent} {day} 的这次会议已有同样的记录",
    ),
    "proposed": ("grade {grade} is proposed for that number already", "该号码已拟定 {grade} 级"),
    # ---- weeks ----
    "week_over": (
        "{week} is over; plan this week or a later one",
        "{week} 已结束;请为本周或以后的周做计划",
    ),
    "week_to_come": (
        "{week} has not begun; give this week or an earlier one",
        "{week} 还没开始;请填本周或更早的周",
    ),
    "plan_approved": (
        "the plan of {week} is approved; your supervisor can change it",
        "{week} 的计划已批准;如需修改请找主管",
    ),
    "no_plan": (
        "{agent} has sent no plan for {week}; write what is approved",
        "{agent} 没有提交 {week} 的计划;请填写批准的内容",
    ),
    # ---- customers ----
    "no_owner": (
        "nobody had a lead call with {phone} by {day}; give the agent it belongs to",
        "到 {day} 为止没有人与 {phone} 有过意向通话;请指明归属的电话销售员",
    ),
    "owner_left": (
        "{phone} is the customer of {person}, who left on {left}; assign it to another agent first",
        "{phone} 是 {person} 的客户,而 {person} 已于 {left} 离队;请先把客户转给别的电话销售员",
    ),
    "step_missing": (
        "{phone} cannot be signed on {day}: record first that it was visited and that its file is complete; "
        "missing: {steps}",
        "{phone} 不能在 {day} 签字:请先记录拜访和资料齐全;缺:{steps}",
    ),
    "step_visited": ("visited", "已拜访"),
    "step_file": ("file complete", "资料齐全"),
    "step_signed": ("signed", "已签字"),
    "step_twice": ("{phone}: '{step}' is recorded already, on {day}", "{phone}:“{step}”已于 {day} 记录"),
    "graded": (
        "{phone} is {grade} since {day}; a customer is raised from B to A alone",
        "{phone} 自 {day} 起为 {grade} 级;只能由 B 升 A",
    ),
    "signature_lacks": (
        "{phone}: the {grade} signature of {day} for {agent} does not count; it lacks: {steps}. Record it for {agent}, "
        "or withdraw that signature and sign anew",
        "{phone}:{day} 为 {agent} 签的 {grade} 级不计入,缺:{steps}。请为 {agent} 补记,或撤回那次签字后重新签字",
    ),
    "owned": ("{phone} is {agent}'s already", "{phone} 已归 {agent}"),
    "not_listed": ("{phone} is not on the do-not-call list", "{phone} 不在勿再拨名单上"),
    # ---- withdrawing ----
    "not_withdrawn": (
        "a record of kind {kind} is not withdrawn; {mend}",
        "{kind} 类记录不能撤回;{mend}",
    ),
    "mend_call": ("use 'agent-tui void'", "请用 agent-tui void 作废"),
    "mend_verdict": ("verify the call otherwise", "请重新核实该通话"),
    "mend_ruling": ("rule on the entry again", "请重新裁定"),
    "mend_appeal": ("an appeal stands until it is ruled on", "申诉在裁定前一直有效"),
    "mend_punch": ("a punch stays; a supervisor can mark it as checked", "打卡不能撤回;主管可以标记为已核对"),
    "mend_card": ("publish a newer version, or take the card back", "请发布新版本,或收回话术卡"),
    "mend_other": ("it stands for good", "它一直有效"),
    "withdrawn": ("this record is withdrawn already", "这条记录已撤回"),
    "not_yours": (
        "record {id} is {author}'s; only who wrote it can withdraw it, or a supervisor what supervisors wrote",
        "记录 {id} 由 {author} 写下;只有本人可以撤回,主管只能撤回主管写的记录",
    ),
}
