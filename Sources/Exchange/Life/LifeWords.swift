package import Kernel

package let lifeWords = Words(
    """
    life.renewal | 续期 | Renew
    life.renewal-until | 续期至 | Renew until
    life.renewal-question | 用途为“{purpose}”的授权将于 {to} 到期。条款不变，申请续期？ | The grant for “{purpose}” ends on {to}. Ask for the same terms until later?
    life.renewal-consequence | 生成一份续期申请，条款（含脱敏）与原授权相同；审批同意时新授权生效，原授权同时终止。 | A request with the same terms, treatments included, is drafted. When it is decided the new grant begins and the old one ends in the same moment.
    life.renewal-ask | 生成续期申请 | Draft the request
    life.renewal-drafted | 续期申请已生成，请核对后提交。 | The request is drafted; look at it and submit it.
    life.renewal-later | 须晚于今日和原截止日期 | Must be later than today and than the last day of the grant
    life.renewal-as-signed | 续期不改变此项；如需变更，请在授权页面申请变更 | A renewal does not change this; ask for a change on the page of the grant
    life.renewal-asked | 该授权已有一件在办的续期或变更申请 | A renewal or change of this grant is under way already
    life.change | 申请变更 | Ask for a change
    life.change-question | 变更用途为“{purpose}”的授权？ | Change the grant for “{purpose}”?
    life.change-consequence | 以原授权内容生成一份申请，由您修改；审批同意时新授权生效，原授权同时终止。 | A request that says what the grant says is drafted for you to change. When it is decided the new grant begins and the old one ends in the same moment.
    life.change-ask | 生成变更申请 | Draft the request
    life.change-drafted | 变更申请已生成，请修改后提交。 | The request is drafted; change it and submit it.
    life.replaces | 本申请获准时，原授权同时终止。 | When this is granted, the grant that it replaces ends.
    life.replaces-grant | 查看原授权 | To that grant
    life.ending | 即将到期的授权 | Grants that end soon
    life.ends | 使用终止与销毁证明 | End of use and certificates of destruction
    life.ends-why | 授权终止后，以文件、名单或推送取得的数据须在时限内销毁并提交销毁证明。 | What was taken away as files, lists or pushes is destroyed once its grant has ended, and certified in time.
    life.ends-empty | 没有待提交的销毁证明。 | No certificate is owed.
    life.end | 使用终止：{entry} | End of use: {entry}
    life.due | 应于 {due} 前提交销毁证明（{clause}）。 | A certificate is due by {due} ({clause}).
    life.owed-reminder | 待提交的销毁证明 | Certificates of destruction that are owed
    life.taken | 已取走的数据 | What was taken away
    life.taken-empty | 没有取走数据。 | Nothing was taken away.
    life.certificate | 销毁证明 | Certificate of destruction
    life.certify | 提交销毁证明 | Give the certificate
    life.certified | 销毁证明已提交。 | The certificate is given.
    life.certify-note | 提交后不能修改，并记入存证。 | It cannot be changed afterwards, and is on record.
    life.what | 销毁内容 | What was destroyed
    life.what-hint | 例如：上列全部文件和推送入库的表，及其副本、备份 | For example: all the files and pushed tables above, their copies and backups
    life.how | 销毁方式 | How
    life.how-hint | 例如：逻辑删除并覆写、介质消磁、物理粉碎 | For example: overwritten, degaussed, shredded
    life.on | 销毁日期 | On
    life.by-whom | 执行人 | By whom
    life.witness | 监督人 | Witness
    life.witness-same | 执行人和监督人不得为同一人 | The witness is somebody else
    life.destroyed-later | 不得晚于今日 | Not later than today
    life.given-at | 提交时间 | Given
    life.attachments | 附件 | Attachments
    life.attachments-hint | 平台只记录附件的名称和摘要，附件由使用方保存。 | Names and digests are kept here; the files stay with you.
    life.attachments-max | 附件最多 {max} 个 | At most {max} attachments
    life.end-not-found | 没有需要提交的销毁证明，或您无权查看 | No certificate is owed for this, or you may not see it
    life.certificate-given | 销毁证明已经提交 | The certificate is given already
    life.standing.owed | 待提交 | Owed
    life.standing.overdue | 已逾期 | Overdue
    life.standing.given | 已提交 | Given
    life.column.entry | 目录条目 | Entry
    life.column.recipient | 使用方 | Recipient
    life.column.provider | 提供方 | Provider
    life.column.ended | 终止日期 | Ended
    life.column.due | 应提交日期 | Due
    life.column.taken | 取走次数 | Taken away
    life.column.standing | 状态 | Standing
    life.column.release | 供数时间 | Released
    life.column.delivery | 方式 | Delivery
    life.column.rows | 行数 | Rows
    life.column.digest | 文件摘要（SHA-256） | Digest (SHA-256)
    life.column.file | 文件 | File
    life.column.purpose | 使用目的 | Purpose
    life.column.until | 截止日期 | Until
    life.column.next | 办理 | Next
    """)
