package import Kernel

package let evidenceWords = Words(
    """
    evidence.payload-too-large | 存证内容超过 {max} 字节上限，未办理。 | The evidence payload is larger than {max} bytes; nothing was done.
    evidence.too-many-subjects | 一条存证最多关联 {max} 个对象，未办理。 | One record of evidence names at most {max} objects; nothing was done.
    evidence.personal-key-missing | 缺少个人信息加密密钥，无法存证，未办理。 | The key for personal data is missing; evidence cannot be written, so nothing was done.
    evidence.personal-erased | 该存证的个人信息已按期限删除。 | The personal part of this record has been erased as its retention period ended.
    evidence.other-log | 数据库中的存证日志属于节点“{node}”或使用其他摘要算法，拒绝启动。 | The database holds the evidence log of node “{node}” or one with another digest; the program will not start.
    evidence.other-log-remedy | 请核对数据库地址与数据目录是否为同一节点。 | Check that the database and the data folder belong to the same node.
    evidence.not-prepared | 存证日志尚未初始化，请先执行 headwaters migrate。 | The evidence log has not been prepared; run headwaters migrate first.
    evidence.stale | 存证封存已中断超过 {seconds} 秒，暂停供数。 | Evidence has not been sealed for more than {seconds} seconds; releases are suspended.
    evidence.stale-remedy | 请系统管理员检查存证进程与数据库；封存恢复后自动继续。 | Ask the administrator to check the sequencer and the database; releases go on once sealing does.
    evidence.unwritable | 存证无法写入，暂停供数；本次没有输出任何数据。 | Evidence cannot be written, so nothing is released; no row has left.
    evidence.unwritable-remedy | 请稍后重试；仍不成功的，请告知系统管理岗。 | Try again later; if it goes on, tell the administrator.
    evidence.leaf-unknown | 没有这条存证。 | There is no such record of evidence.
    evidence.leaf-waiting | 这条存证尚未封存，请稍后再试。 | This record has not been sealed yet; try again in a moment.
    evidence.checkpoint-unknown | 没有长度为 {size} 的检查点。 | There is no checkpoint of size {size}.
    evidence.damaged | 存证日志自相矛盾（{what}），请立即联系安全管理员。 | The evidence log contradicts itself ({what}). Contact the security officer at once.
    evidence.file-unreadable | 无法读写文件 {path}：{reason} | The file {path} cannot be read or written: {reason}
    evidence.proof-malformed | 存在性证明的格式无法识别。 | The inclusion proof has a format this version does not know.
    evidence.proof-wrong | 存在性证明不成立：该存证不在所示检查点中。 | The inclusion proof does not hold: the record is not under this checkpoint.
    evidence.record-changed | 存证记录（{leaf}）被改动过。 | The record ({leaf}) has been changed.
    evidence.other-node | 记录与签名的检查点不属于同一节点。 | The record and the checkpoint that was signed are not of the same node.
    verification.nothing | 没有可供核验的检查点，不能证明任何内容。 | There is no checkpoint to verify; nothing is proven.
    verification.leaf-malformed | 第 {line} 行不是规范格式的存证记录。 | Line {line} is not a record of evidence in its one form.
    verification.leaf-misplaced | 序号应为 {expected}，实为 {found}（存证 {id}）：有记录被删除、插入或调换。 | Record {id} has index {found} where {expected} was expected: a record was removed, inserted or moved.
    verification.leaf-changed | 序号 {index} 的存证 {id} 与链值不符：内容被改动，或其前有记录被删改。 | Record {id} at index {index} does not agree with the chain: it was changed, or one before it was removed.
    verification.rewritten-export | 序号 {first} 至 {last} 的存证与已签名的检查点不符：其中有记录被改写。 | Records {first} to {last} are not those that the checkpoint signed: some were rewritten.
    verification.rewritten-witness | 序号 {first} 至 {last} 的存证与见证文件中的检查点不符：其中有记录被改写。 | Records {first} to {last} are not those that the witness file's checkpoint signed: some were rewritten.
    verification.truncated-export | 只有 {found} 条存证，已签名的检查点为 {signed} 条：末尾被截断。 | There are {found} records where the checkpoint signed {signed}: the end was cut off.
    verification.truncated-witness | 只有 {found} 条存证，见证文件中的检查点为 {signed} 条：末尾被截断。 | There are {found} records where the witness file's checkpoint signed {signed}: the end was cut off.
    verification.unsigned | 自序号 {index}（存证 {id}）起的记录没有检查点签名。 | Records from index {index} (record {id}) on are covered by no signed checkpoint.
    verification.checkpoint-malformed-export | 检查点文件第 {line} 行不是规范格式。 | Line {line} of the checkpoints is not in its one form.
    verification.checkpoint-malformed-witness | 见证文件第 {line} 行不是规范格式。 | Line {line} of the witness file is not in its one form.
    verification.checkpoint-refused-export | 检查点文件第 {line} 行的签名不可信（{reason}）。 | The signature on line {line} of the checkpoints is not to be trusted ({reason}).
    verification.checkpoint-refused-witness | 见证文件第 {line} 行的签名不可信（{reason}）。 | The signature on line {line} of the witness file is not to be trusted ({reason}).
    verification.checkpoint-misplaced-export | 长度为 {size} 的检查点与前一检查点不衔接。 | The checkpoint of size {size} does not follow the one before it.
    verification.checkpoint-misplaced-witness | 见证文件中长度为 {size} 的检查点与前一检查点不衔接。 | The witness file's checkpoint of size {size} does not follow the one before it.
    verification.other-log-export | 长度为 {size} 的检查点属于另一份日志（节点“{node}”）。 | The checkpoint of size {size} belongs to another log (node “{node}”).
    verification.other-log-witness | 见证文件中长度为 {size} 的检查点属于另一份日志（节点“{node}”）。 | The witness file's checkpoint of size {size} belongs to another log (node “{node}”).
    package.unreadable | 没有数据包 {path}，或者它不是普通文件 | there is no package {path}, or it is no plain file
    package.unwritable | 无法写入 {path} | {path} cannot be written
    package.too-large | 数据包或清单有 {bytes} 字节，超过上限 {max} 字节 | the package or its manifest has {bytes} bytes, more than the limit of {max}
    package.cut-off | 数据包不完整：在“{member}”处中断 | the package is cut off within "{member}"
    package.header-damaged | 数据包损坏：“{member}”的包头或填充（第 {offset} 字节起）与应有内容不符 | the package is damaged: header or padding of "{member}" (from byte {offset}) is not what it must be
    package.content-damaged | 数据包损坏：“{member}”的 SHA-256 应为 {expected}，实际为 {found} | the package is damaged: the SHA-256 of "{member}" should be {expected} and is {found}
    package.after-end | 数据包损坏：结尾（第 {offset} 字节）之后还有内容 | the package is damaged: something follows its end (byte {offset})
    package.manifest-malformed | 数据包清单损坏或无法识别（{member}） | the package's manifest is damaged or unknown ({member})
    package.damaged-remedy | 什么都没有收下。请核对介质，重新拷贝或重新制作数据包 | nothing was taken. Check the medium, copy the package again or make it anew
    package.changed | 文件在打包或拆包时发生变化 | the file changed while it was packed or unpacked
    package.other-recipient | 数据包只供节点 {node} 接收 | the package is for the node {node} only
    package.other-columns | 数据包的列与本处确认的映射不同：{columns} | the package reads other columns than those confirmed here: {columns}
    package.other-columns-remedy | 请与数据提供单位核对列名和类型，必要时重新确认映射 | compare names and types with whoever made it; when the change is meant, confirm the mapping again
    package.taken-before | 该数据包已经接收过，之后又被撤回 | the package was taken before, and that was taken back
    package.taken-before-remedy | 请让数据提供单位重新制作数据包 | have the package made anew
    package.volume-missing | 缺少第 {number} 卷：{name} | volume {number} is missing: {name}
    package.volume-missing-remedy | 请把全部分卷放在同一个文件夹中再核验。 | Put all volumes into one folder and verify again.
    package.volume-swapped | {name} 应为第 {expected} 卷，实际是第 {found} 卷 | {name} should be volume {expected} and is volume {found}
    package.volume-of-another | {name} 属于另一个数据包 | {name} is of another package
    package.password-wrong | 口令不能打开数据包的内容 | the password does not open what the package holds
    """)
