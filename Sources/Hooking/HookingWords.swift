package import Kernel

package let hookingWords = Words(
    """
    hooking.not-found | 没有这个挂接，或者您无权看到它 | there is no such hook, or it is not yours to see
    hooking.invalid | 挂接有 {count} 处需要更正 | {count} points of the hook need correction
    hooking.already-hooked | 该目录条目已经挂接 | the entry is hooked already
    hooking.already-hooked-remedy | 请修改现有挂接，不要新建 | change the existing hook instead of making another
    hooking.paused | 挂接已暂停 | the hook is paused
    hooking.paused-remedy | 恢复挂接后再发布新版本 | resume the hook, then publish
    hooking.already-publishing | 该挂接正在发布新版本，请等待其结束或取消 | a version of this hook is being made: wait for it or cancel it
    hooking.drifted | 数据源的结构与确认的映射有 {count} 处不同，没有发布 | the source's columns differ from the confirmed mapping in {count} points, so nothing was published
    hooking.drifted-remedy | 请核对数据源；确属变更的，重新确认映射后再发布 | check the source; when the change is meant, confirm the mapping again and publish
    hooking.interrupted | 发布过程中断（进程停止），原版本继续提供服务 | the attempt was interrupted because its process stopped; the last version is still served
    hooking.run-again | 可以直接重新发布 | it can simply be run again
    hooking.cancelled | 发布已取消，原版本继续提供服务 | the attempt was cancelled; the last version is still served
    hooking.upload-too-large | 文件超过上限（{max} 字节） | the file is larger than {max} bytes
    hooking.upload-not-found | 没有这个上传文件，或者它属于其他单位 | there is no such upload, or it belongs to another unit
    hooking.secret-unreadable | 无法解密数据源口令 | the source's password cannot be decrypted
    hooking.secret-remedy | 请检查主密钥是否为本数据目录所用，或重新填写口令 | check that the master key is this data folder's, or enter the password again
    hooking.key-unknown | 查询键“{column}”不在映射的列中 | the look-up key "{column}" is no column of the mapping
    hooking.fault | 发布过程中出现内部错误，原版本继续提供服务 | a fault of ours ended the attempt; the last version is still served
    hooking.keys-max | 查询键不得重复，且最多 {max} 个 | look-up keys must differ, and there may be {max} at most
    """)
