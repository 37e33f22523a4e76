"""Keys, signed documents and sealed data: what is wrong with them, and the mend."""

TEXTS: dict[str, tuple[str, str]] = {
    "bad_key": (
        "a key is not valid; ask the device it belongs to to join again",
        "密钥无效;请让该设备重新申请加入",
    ),
    "bad_code": (
        "the recovery code is mistyped; it has six groups of five letters and digits, compare it with the paper",
        "恢复码输入有误;恢复码共六组,每组五位字母或数字,请与纸上的核对",
    ),
    "bad_key_file": (
        "the key file of this machine is damaged; restore it from a backup, or join the team again",
        "本机的密钥文件已损坏;请从备份恢复,或重新加入团队",
    ),
    "unreadable": (
        "sealed data cannot be opened with the keys of this machine",
        "用本机的密钥打不开这段加密内容",
    ),
    "no_ring": (
        "this machine has no key for this record yet; it arrives with the next sync if it may be read here",
        "本机还没有这条记录的密钥;若有权查看,下次同步时会收到",
    ),
    "erased": (
        "the data of this customer was erased",
        "该客户的资料已被删除",
    ),
    "bad_document": (
        "{what} in the shared folder is damaged or forged and was left aside; agent-tui check tells more",
        "共享文件夹中的 {what} 已损坏或被伪造,未予采用;运行 agent-tui check 可查看详情",
    ),
    "bad_name": (
        "'{value}' cannot be a name; use 1 to 64 letters, digits and blanks",
        "“{value}”不能用作名称;请用 1 到 64 个普通文字",
    ),
    "bad_id": (
        "'{value}' cannot be an id; use letters and digits like A017, at most 32",
        "“{value}”不能用作工号;请用字母和数字,如 A017,最多 32 位",
    ),
    "bad_zone": (
        "'{value}' is not a time zone; write it like Asia/Shanghai",
        "“{value}”不是时区名;请写成 Asia/Shanghai 这样的形式",
    ),
    "too_large": (
        "{what} is larger than the {limit} bytes a reader takes; it was left aside",
        "{what} 超过可读取的上限 {limit} 字节,未予采用",
    ),
    "wrong_team": (
        "{what} belongs to another team; each team needs a folder of its own",
        "{what} 属于另一个团队;每个团队须使用各自的文件夹",
    ),
    "newer_format": (
        "{what} is in format {version}, this program reads up to {known}; update agent-tui on this machine",
        "{what} 的格式版本为 {version},本程序最高支持 {known};请在本机升级 agent-tui",
    ),
}
