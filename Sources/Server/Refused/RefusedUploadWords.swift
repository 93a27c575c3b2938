import Kernel

let refusedUploadWords = Words(
    """
    refused.uploads | 涉密拒收 | Refused as classified
    refused.why | 带有密级标志而被拒收的文件。平台未留存文件内容和文件名，只记录摘要、大小、位置和提交人。 | Files that bore a mark of secrecy and were refused. Neither content nor name was kept: only digest, size, place of the mark and who brought it.
    refused.none | 没有拒收记录 | Nothing was refused
    refused.reminder | 涉密拒收：请核查 | Refused as classified: look into it
    refused.at | 时间 | When
    refused.door | 入口 | Where it came in
    refused.finding | 所见标志 | Mark that was seen
    refused.by | 提交单位和人员 | Brought by
    refused.bytes | 大小 | Size
    refused.digest | SHA-256 | SHA-256
    refused.state | 状态 | State
    refused.state.refused | 已拒收 | refused
    refused.state.released | 误判放行中 | released
    refused.state.over | 放行已过期 | release is over
    refused.release | 误判放行 | Release a false alarm
    refused.released-done | 已放行，请通知提交人重新提交同一文件 | Released: tell whoever brought the file to bring it again
    refused.question | 确认这份文件（入口：{door@upload.door.}）不涉密、属于误判？ | Is it certain that this file ({door@upload.door.}) is not classified, and that the alarm was false?
    refused.consequence.digest | 只对内容完全相同的文件（SHA-256：{digest}）有效，且仅限原入口 | It holds for exactly these bytes (SHA-256 {digest}) at exactly this door
    refused.consequence.day | {hours} 小时内有效，过期须重新申请 | It holds for {hours} hours
    refused.consequence.record | 放行人、理由和时限存证 | Who released it, why and until when is put on record
    refused.reason-hint | 写明核查情况和不涉密的依据；文件确属涉密的，不得放行 | What was looked into, and why it is not classified. What is classified must not be released
    refused.api.list | 列出因密级标志被拒收的文件 | List files that were refused for a mark of secrecy
    refused.api.ok | 记录 | the record
    refused.api.after | 上一页最后一条的标识 | id of the last one of the page before
    refused.api.limit | 每页条数，至多 200 | how many, 200 at most
    refused.api.place | 标志所在位置，如 cell 1 A1、line 2、name、header | where the mark stood: cell 1 A1, line 2, name, header
    refused.api.release | 误判放行 | Release a false alarm
    refused.api.release-about | 同一内容、同一入口 24 小时内可以提交；提交人本人不能放行。 | Exactly these bytes may come in at that door for 24 hours. Who brought the file cannot release it.
    """)
