"""README.txt of a share: what the folder is, for whoever opens it, in both languages."""

README_BYTES = """\
这个文件夹由 agent-tui 使用:电话销售团队的记录在这里同步。请不要改名、移动或删除里面的文件。
This folder belongs to agent-tui: the records of a telephone-sales team are synced through it. Please do not rename,
move or delete what is in it.

------------------------------------------------------------------------------------------------------------------------

里面有什么

team.json                          团队:所有者公钥、编号、名称、时区、格式版本;有签名
roster/<n>.json                    主管名单,由所有者签名;编号最大的有效
join/<设备>.json                   一台设备的加入申请
records/<日期>/<设备>-<序号>.jsonl 一台设备当天的记录
keys/<设备>/<序号>.json            解读客户资料的密钥,只封给有权看的人

记录文件:每行一条记录,是一个 JSON 对象(UTF-8),写入后不再更改。seq 从 1 开始连续编号,每个号只算一次。每行以 v、
id、kind 开头,id 由字母、数字、连字符组成,最多 40 个。crc 是本行 ,"crc" 之前所有字节的 CRC-32。kind 为 signature
的行是签名:用设备的 Ed25519 密钥,对团队编号、文件名、最后的 seq、名单编号、时间和此前所有字节的 SHA-256 签名。签名
之后的行要等下一个签名才算数。客户资料在 sealed 里,是加密的;其余部分只够统计数字。

每个文件只由一台设备写入,所以不会冲突。文件不见了或变短了,不表示记录被删除:写它的设备下次同步会补上,读过它的设备各有副本。
名称里有 conflict 或“冲突”的文件是同步工具留下的,程序不读,可以移走。要检查全部内容:agent-tui check。

------------------------------------------------------------------------------------------------------------------------

What is in it

team.json                              the team: the owner's public key, id, name, time zone, format; signed
roster/<n>.json                        the supervisors, signed by the owner; the highest valid number holds
join/<device>.json                     a device's request to join
records/<day>/<device>-<nnnnnn>.jsonl  what one device wrote on one day
keys/<device>/<nnnnnn>.json            keys to customers' data, sealed to those who may read them

A file of records: one record a line, a JSON object in UTF-8, never changed once written. seq counts 1, 2, 3 ... without
a gap, and each number counts once. v, id and kind come first; an id is letters, digits and hyphens, 40 at most. crc is
the CRC-32 of the line's bytes before ,"crc". A line of kind "signature" is an Ed25519 signature by the device over the
team, the file's name, the last seq, the number of the roster, the time and the SHA-256 of all bytes of the file before
it. Lines after the last signature wait for the next one. Customers' data are in "sealed", encrypted; the rest is what
the figures need.

Each file has one writer, so nothing can conflict. A file that vanishes or shrinks deletes nothing: the device that
wrote it puts it right at its next sync, and whoever read it has a copy. Files with "conflict" in their names were left
by sync tools; they are not read, and may be moved away. To check everything: agent-tui check.
""".encode()
