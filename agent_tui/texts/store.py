"""What this machine's own files can run into: what, where, and how to mend it."""

TEXTS: dict[str, tuple[str, str]] = {
    "busy": (
        "another agent-tui has held {path} for too long; close it, or resume it if it is suspended, and try again",
        "另一个 agent-tui 一直占用 {path};请关掉它(如果被挂起就恢复它),然后重试",
    ),
    "disk_full": (
        "the disk is full at {path}: nothing was saved; free some space and save again",
        "磁盘已满({path}):没有保存;请腾出空间后再保存一次",
    ),
    "read_only": (
        "the disk at {path} is read-only: nothing was saved; make it writable and save again",
        "{path} 所在磁盘只读:没有保存;请改为可写后再保存一次",
    ),
    "no_access": (
        "no permission for {path}; give your account access to it and try again",
        "没有权限访问 {path};请给当前账号授权后重试",
    ),
    "no_file": (
        "{path} is a folder, a link or something else, where a file of agent-tui belongs: move it away and try again",
        "{path} 处应为 agent-tui 的文件,现在却是文件夹、链接或别的东西:请移走后重试",
    ),
    "no_folder": (
        "{path} cannot be: a part of that path is a file and no folder; choose another data directory with --home, or "
        "move the file away",
        "{path} 无法使用:路径中有一段是文件,不是文件夹;请用 --home 换一个数据目录,或移走那个文件",
    ),
    "disk_error": (
        "the disk failed at {path} ({reason}): nothing was saved; try again, or have the disk looked at",
        "磁盘出错({path}:{reason}):没有保存;请重试,如果仍然出错,请检查磁盘",
    ),
    "segment_gone": (
        "{path} has vanished while in use; restart agent-tui, and restore the file if it stays away",
        "{path} 在使用中消失了;请重启 agent-tui,如果还是没有,请恢复该文件",
    ),
    "home_in_share": (
        "the data directory {home} lies inside the shared folder {share}; choose another with --home",
        "数据目录 {home} 在共享文件夹 {share} 里面;请用 --home 换一个目录",
    ),
    "share_in_home": (
        "the shared folder {share} lies inside the data directory {home}; choose another folder",
        "共享文件夹 {share} 在数据目录 {home} 里面;请换一个文件夹",
    ),
}
