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
    evidence.leaf-unknown | 没有这条存证。 | There is no such record of evidence.
    evidence.leaf-waiting | 这条存证尚未封存，请稍后再试。 | This record has not been sealed yet; try again in a moment.
    evidence.checkpoint-unknown | 没有长度为 {size} 的检查点。 | There is no checkpoint of size {size}.
    evidence.damaged | 存证日志自相矛盾（{what}），请立即联系安全管理员。 | The evidence log contradicts itself ({what}). Contact the security officer at once.
    evidence.file-unreadable | 无法读写文件 {path}：{reason} | The file {path} cannot be read or written: {reason}
    evidence.proof-malformed | 存在性证明的格式无法识别。 | The inclusion proof has a format this version does not know.
    evidence.proof-wrong | 存在性证明不成立：该存证不在所示检查点中。 | The inclusion proof does not hold: the record is not under this checkpoint.
    """)
