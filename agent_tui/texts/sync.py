"""Sync with the share: what stands in its way, and what is wrong there."""

TEXTS: dict[str, tuple[str, str]] = {
    "unknown_url": (
        "{place}: this version syncs through a folder only; give the path of a folder",
        "{place}:本版本只能通过文件夹同步;请给出文件夹路径",
    ),
    "no_folder": (
        "there is no folder {place}; make it, connect the drive, or check the path",
        "没有文件夹 {place};请先建立它、连接网络盘,或检查路径",
    ),
    "not_working": (
        "the folder {place} does not work ({reason}); nothing was changed here: mend that and run the command again",
        "文件夹 {place} 出错({reason});本机没有改动:请排除后再执行一次",
    ),
    "share_gone": (
        "the shared folder {place} is not there; connect the drive or check the path. Everything is kept on this "
        "machine meanwhile",
        "共享文件夹 {place} 不在;请连接网络盘或检查路径。这期间的记录都保存在本机",
    ),
    "share_empty": (
        "the shared folder {place} is empty, so it is probably not connected; nothing is published into it. Connect "
        "the drive, or if it was wiped, put its content back",
        "共享文件夹 {place} 是空的,多半没有连上,所以没有往里写。请连接网络盘;如果被清空了,请恢复其中的内容",
    ),
    "share_taken": (
        "{place} already holds a team; join it with `agent-tui join`, or choose an empty folder",
        "{place} 里已经有一个团队;请用 `agent-tui join` 加入,或另选一个空文件夹",
    ),
    "share_not_empty": (
        "{place} is not empty; choose an empty folder for the team",
        "{place} 不是空文件夹;请为团队选一个空文件夹",
    ),
    "share_read_only": (
        "{place} cannot be written; give your account write access to it",
        "{place} 不能写入;请给当前账号写权限",
    ),
    "share_no_team": (
        "there is no team in {place}; check the path, or create one with `agent-tui init`",
        "{place} 里没有团队;请检查路径,或用 `agent-tui init` 新建",
    ),
    "trouble": (
        "the shared folder {place} does not work ({reason}); everything is kept on this machine until it does",
        "共享文件夹 {place} 出错({reason});恢复之前的记录都保存在本机",
    ),
    "more_files": ("{n} more", "另 {n} 个"),
    "in_the_way": (
        "{path}: in the shared folder {place} this is no file of the team's, and keeps this machine from its own; "
        "remove it: the sync is tried again by itself",
        "{path}:共享文件夹 {place} 里的这一项不是本团队的文件,本机因此写不了自己的文件;请移走它,之后会自动重新同步",
    ),
    "no_answer": (
        "the shared folder {place} does not answer; everything is kept on this machine meanwhile",
        "共享文件夹 {place} 没有响应;这期间的记录都保存在本机",
    ),
    "fault": (
        "sync met an unexpected fault ({reason}); it is tried again by itself, and the report is in the crash folder",
        "同步遇到意外错误({reason});会自动重试,报告在 crash 目录里",
    ),
    "nowhere_else": (
        " (it holds {n:record that is/records that are} nowhere else)",
        "(其中有 {n} 条记录在别处没有)",
    ),
    "finding_unreadable": (
        "{where}: a signed line is damaged ({detail}); it is left out, all others stand",
        "{where}:一行已签名的记录损坏({detail});这一行不计,其余有效",
    ),
    "finding_writer": (
        "{where}: a line of another device; it is left out, all others stand",
        "{where}:混入了别的设备的一行;这一行不计,其余有效",
    ),
    "finding_unsigned": (
        "{where}: no signature covers what follows; it does not count until its device puts it right, what came before "
        "stands",
        "{where}:此后的内容没有有效签名,要等那台设备同步修复后才计;之前的有效",
    ),
    "finding_changed": (
        "{where}: its device signed another history than the one read before; the earlier one stands until a "
        "supervisor ends that key: agent-tui members leave {detail} --on DATE",
        "{where}:设备签名的内容与以前读到的不同;以先读到的为准,直到主管停用这个密钥:"
        "agent-tui members leave {detail} --on 日期",
    ),
    "finding_shrunk": (
        "{where}: shorter than the {detail} bytes read before; what was read stands, its device puts the file right",
        "{where}:比以前读到的 {detail} 字节短;已读到的仍然有效,由那台设备同步时修复",
    ),
    "finding_gone": (
        "{where}: no longer on the share; what was read stands, its device puts it back. For one that is gone: "
        "agent-tui refill",
        "{where}:共享里已经没有了;已读到的仍然有效,由写它的设备同步时补回。那台设备已不在的:agent-tui refill",
    ),
    "finding_gap": (
        "{where}: records are missing before it ({detail}); what is there stands",
        "{where}:之前缺少记录({detail});已有的有效",
    ),
    "finding_twice": (
        "{where}: record number {detail} is there twice; the earlier copy stands",
        "{where}:记录号 {detail} 出现两次;以先读到的为准",
    ),
    "finding_misplaced": (
        "{where}: lies under another day than its first line ({detail}); it is not read",
        "{where}:所在日期与首行({detail})不符;不读取",
    ),
    "finding_second": (
        "{where}: a file of this name lies under {detail} already; the earlier copy stands, this one is not read",
        "{where}:{detail} 下已有同名文件;以先读到的为准,这个不读取",
    ),
    "finding_document": (
        "{where}: nobody entitled vouches for it, or other keys, or another request, were read under its name before "
        "and stand; it is not used. "
        "Damaged, its device puts it right; made by nobody in the team, it may be removed",
        "{where}:没有有权者的有效签名,或以前在这个文件名下读到过内容不同的密钥或加入申请(以先读到的为准);不采用。若是损坏,由写它的设备同步时修复;若不是团队里的设备写的,可以删掉",
    ),
    "finding_too_large": (
        "{where}: {detail} bytes are more than such a file may have; the rest is not read",
        "{where}:{detail} 字节,超过这类文件的上限;其余不读取",
    ),
    "finding_no_file": (
        "{where}: cannot be read as a file{detail}; it is left alone",
        "{where}:不能作为文件读取{detail};不予处理",
    ),
    "finding_unwritten": (
        "{where}: could not be put back ({detail}); give your account write access to it and run the command again",
        "{where}:没能补回({detail});请给当前账号写权限后再执行一次",
    ),
    "finding_conflict_copy": (
        "{where}: a conflict copy left by a sync tool; it is not read, the original stands{detail}",
        "{where}:同步工具留下的冲突副本;不读取,以原文件为准{detail}",
    ),
    "finding_foreign_name": (
        "{where}: not a file of agent-tui; it is left alone",
        "{where}:不是 agent-tui 的文件;不予处理",
    ),
    "finding_mended": (
        "{where}: a damaged line of this machine was put right from the share",
        "{where}:本机一行损坏的记录已用共享里的副本修复",
    ),
    "finding_cloned": (
        "{where}: this machine's key also writes elsewhere (a copied or restored disk). A new key has asked to join; "
        "calls go on, and count when a supervisor has approved it",
        "{where}:本机的密钥也在别处使用(磁盘被复制或恢复过)。已用新密钥申请加入;电话照常记,主管批准后计入",
    ),
    "finding_clone_segment": (
        "{where}: bears this machine's name but was not written or signed by it; it is left alone",
        "{where}:用了本机的名字,但不是本机写的,也没有签名;不予处理",
    ),
    "finding_roster_back": (
        "{where}: the highest list of supervisors there is number {detail}, less than one seen; the higher one stands",
        "{where}:其中最高的主管名册是第 {detail} 份,低于见过的;以较高的为准",
    ),
    "finding_refused": (
        "{where}: a record that counts nothing ({detail})",
        "{where}:不计入的记录({detail})",
    ),
    "finding_unerased": (
        "call {where} of {detail} still tells of a customer who was erased since; erase once more the number that "
        "'agent-tui show {where}' tells",
        "{detail} 的电话 {where} 里仍能看到后来被删除的客户;请把 agent-tui show {where} 显示的号码再删除一次",
    ),
    "finding_seal_tag": (
        "{where}: record {detail} is sealed under a tag that is not its own. It counts, but erasing its customer may "
        "not reach it; ask its writer",
        "{where}:记录 {detail} 加密用的标签不是它自己的。它照常计入,但删除这位客户时可能删不到它;请询问写入者",
    ),
    "finding_unlike_confirmed": (
        "{where}: not the bytes that were read when {detail} was confirmed; ask its writer, and look at the day again "
        "before you confirm it anew",
        "{where}:内容与确认 {detail} 时读到的不同;请询问写入者,核对当天后再重新确认",
    ),
    "finding_torn": (
        "{where}: the end of a line lost in a crash ({detail} bytes), never shown as saved; the rest stands",
        "{where}:崩溃时没写完的一行({detail} 字节),从未显示为已保存;其余有效",
    ),
}
