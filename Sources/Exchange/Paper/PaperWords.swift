package import Kernel

package let paperWords = Words(
    """
    sharing-request.act.undo-paper-sign-off | 签字人对补录提出异议，退回该签核步骤 | The signer objects to the entry: back to that signature
    sharing-request.act.undo-paper-check | 签字人对补录提出异议，由核验退回签核 | The signer objects to the entry: back from the check to the sign-off
    sharing-request.act.undo-paper-decision | 签字人对补录提出异议，退回该审核步骤 | The signer objects to the entry: back to that signature
    sharing-request.act.undo-paper-refusal | 签字人对补录提出异议，重新审核 | The signer objects to the entry: decided again
    paper.not-found | 没有该补录记录，或您无权查看 | There is no such entry, or you may not see it
    paper.not-open | 此处没有待签的签字，或该签字已不再等待 | No signature is open here, or it is waited for no more
    paper.other-unit | 待签的签字属于其他单位，由该单位补录 | The signature that is missing is another unit's, which enters it
    paper.own-signature | 签字人不得为自己补录 | Whoever signed does not enter it
    paper.own-signature-remedy | 请直接在系统中签署，或由本单位其他人补录 | Sign it in the system, or ask somebody else of your unit to enter it
    paper.drafter | 本件由您起草，您不得代为补录签字 | You drafted this; you may not enter its signature
    paper.entered-already | 该签字已补录，正等待追认或复核 | This signature has been entered and waits to be confirmed
    paper.entered-already-remedy | 如补录有误，请由签字人或复核人提出异议后重新补录 | If the entry is wrong, its signer or a second person objects; then it can be entered again
    paper.fields-invalid | 补录内容有误 | Something in the entry is not right
    paper.too-many-scans | 该件已有 {scansMax} 份未使用的扫描件，请明日再上传 | The case has {scansMax} scans that nothing was entered with; bring more tomorrow
    paper.not-yours | 该补录由签字人追认，或由本单位未参与补录的人复核 | The entry is for its signer to confirm, or for somebody of the unit who did not enter it
    paper.moved | 该补录已处理，或已不再有效 | This entry has been answered or overtaken
    paper.signer-unable | 该签字人不能给出此签字 | Whoever was chosen cannot give this signature
    paper.signer-not-then | {day} 当日该人不在能签此件的岗位上 | On {day} that person did not hold a post that could give this signature
    paper.signed-ahead | 签字日期不得晚于今天 | The day signed may not lie ahead
    paper.signed-before | 签字日期不得早于本件到达该步骤之日（{since}） | The day signed may not be before the case came to this step ({since})
    paper.signed-long-ago | 签字已超过 {daysMax} 天，不能补录 | Signed more than {daysMax} days ago: it cannot be entered any more
    paper.scan-unknown | 扫描件不存在、已使用或已清除，请重新上传 | There is no such scan, or it was used or cleared away; bring it again
    paper.chip | 补录 | Entered from paper
    paper.state.waiting | 待追认或复核 | To be confirmed
    paper.state.compared | 已复核 | Compared
    paper.state.confirmed | 已追认 | Confirmed
    paper.state.objected | 有异议 | Objected to
    paper.state.lapsed | 已失效 | Overtaken
    paper.sentence.waiting-counted | {signer} 于 {signedOn} 在纸质文件上签字，{enterer} 于 {enteredOn} 补录，已生效；请在 {due} 前追认或复核。 | Signed on paper on {signedOn} by {signer}, entered on {enteredOn} by {enterer}. It counts; to be confirmed by {due}.
    paper.sentence.waiting-uncounted | {signer} 于 {signedOn} 在纸质文件上签字，{enterer} 于 {enteredOn} 补录，经追认或复核后生效；请在 {due} 前办理。 | Signed on paper on {signedOn} by {signer}, entered on {enteredOn} by {enterer}. It counts once it is confirmed, which is due by {due}.
    paper.sentence.compared | {signer} 于 {signedOn} 在纸质文件上签字，{enterer} 于 {enteredOn} 补录，{by} 于 {on} 对照扫描件复核。 | Signed on paper on {signedOn} by {signer}, entered on {enteredOn} by {enterer}, compared with the scan on {on} by {by}.
    paper.sentence.confirmed | {signer} 于 {signedOn} 在纸质文件上签字，{enterer} 于 {enteredOn} 补录，签字人于 {on} 追认。 | Signed on paper on {signedOn} by {signer}, entered on {enteredOn} by {enterer}, confirmed on {on} by its signer.
    paper.sentence.objected | 称由 {signer} 于 {signedOn} 在纸质文件上签字，{enterer} 于 {enteredOn} 补录；{by} 于 {on} 提出异议。 | Entered on {enteredOn} by {enterer} as signed on paper on {signedOn} by {signer}; {by} objected on {on}.
    paper.sentence.lapsed | {signer} 于 {signedOn} 在纸质文件上签字，{enterer} 于 {enteredOn} 补录；在追认前该签字已另行给出或本件已转走，补录失效。 | Signed on paper on {signedOn} by {signer}, entered on {enteredOn} by {enterer}; overtaken before anybody confirmed it.
    paper.clock-kept | 按补录选定的签字日 {signedOn} 认定：在时限 {due} 之内。系统计时于 {stopped} 停止，不作更改。 | Judged by the day signed, {signedOn}, as the entry says: within the time, which ended on {due}. The clock stopped on {stopped} and stays as it is.
    paper.clock-missed | 按补录选定的签字日 {signedOn} 认定：已超过时限 {due}。系统计时于 {stopped} 停止。 | Judged by the day signed, {signedOn}, as the entry says: past the time, which ended on {due}. The clock stopped on {stopped}.
    paper.papers | 纸质审批补录 | Signatures on paper
    paper.enter | 补录纸质审批 | Enter a paper approval
    paper.one | 纸质审批补录 | Signature on paper
    paper.lead | 领导已在纸质文件上签字的，可由本单位经办人补录；签字人不得自己补录。先上传签字页扫描件，再按纸面如实填写。 | For a signature that was given on paper. Somebody of the unit enters it, not whoever signed. First bring the scan of the signed sheet, then enter what stands on it.
    paper.bring | 上传并继续 | Bring it and go on
    paper.scan | 签字页扫描件 | Scan of the signed sheet
    paper.scan-hint | PDF、OFD、JPEG 或 PNG；连同 SHA-256 摘要保存 | PDF, OFD, JPEG or PNG; it is kept with its SHA-256 digest
    paper.on-sheet | 纸面内容 | What stands on it
    paper.digest | 扫描件 SHA-256 | SHA-256 of the scan
    paper.signer | 签字人 | Who signed
    paper.signer-hint | 只列出本件到达该步骤以来能签此件的岗位任职人和代行人 | Whoever could have given this signature since the case came to this step, as holder or standing in
    paper.held-until | （任至 {day}） | (until {day})
    paper.decision | 签字意见 | Decision
    paper.comment | 批示内容 | Words on the sheet
    paper.comment-hint | 按纸面原文 | As they stand there
    paper.signed-on | 签字日期 | Day signed
    paper.signed-on-hint | {from} 至 {through} | From {from} to {through}
    paper.judged | 时限按签字日认定 | Judge the deadline by the day signed
    paper.judged-hint | 页面同时显示签字日和计时停止日；计时本身不回拨 | Both days are shown; the clock itself is not put back
    paper.reason | 为何在纸上签字 | Why on paper
    paper.reason-hint | 例如：出差期间网络不通 | For example: on travel, no network
    paper.consequence-last | 这是决定性的签字：经签字人追认，或经本单位另一人对照扫描件复核后才生效。 | This signature decides: it counts once its signer has confirmed it, or somebody else of the unit has compared it with the scan.
    paper.consequence-step | 补录立即生效，转入下一签字；仍须签字人追认或本单位另一人复核。 | It counts at once, and the next signature follows; its signer or somebody else of the unit still confirms it.
    paper.yes | 是 | Yes
    paper.no | 否 | No
    paper.entered | 补录人 | Entered by
    paper.entered-at | 补录时间 | Entered at
    paper.due | 追认或复核期限 | To be confirmed by
    paper.closing-words | 异议理由 | Reason of the objection
    paper.confirm | 追认 | Confirm
    paper.confirm-note-moves | 确认这是您签的字。追认后签字生效，本件随之办理。 | This is your signature. It counts from now on, and the case moves.
    paper.confirm-note-stands | 确认这是您签的字。 | This is your signature.
    paper.compare | 复核一致 | It agrees with the scan
    paper.compare-note-moves | 您已对照扫描件，签字人、意见、日期一致。复核后签字生效，本件随之办理。 | You have compared signer, decision and day with the scan. The signature counts from now on, and the case moves.
    paper.compare-note-stands | 您已对照扫描件，签字人、意见、日期一致。 | You have compared signer, decision and day with the scan.
    paper.object | 提出异议 | Object
    paper.object-note | 能退回的，本件退回该签字；已授权的，授权暂停。数据主管部门将收到通知。 | Where it can be undone the case goes back to this signature; a grant that was made is suspended. The bureau is told.
    paper.object-reason | 理由 | Reason
    paper.entered-counts | 已补录并生效，等待追认或复核 | Entered; it counts, and waits to be confirmed
    paper.entered-waits | 已补录，经追认或复核后生效 | Entered; it counts once it is confirmed
    paper.answered.confirmation | 已确认该补录 | The entry is confirmed
    paper.answered.objection | 已提出异议 | The objection is on record
    paper.waiting | 补录待追认或复核 | Signatures on paper to be confirmed
    paper.column.case | 办件 | Case
    paper.column.signed-on | 签字日期 | Day signed
    paper.column.due | 期限 | Due
    paper.column.as | 您作为 | You are
    paper.as-signer | 签字人（追认） | its signer
    paper.as-second | 复核人 | a second person
    paper.none | 没有待处理的补录 | Nothing waits
    paper.told.entered | “{title}”补录了一份 {signedOn} 的纸质审批，请签字人在 {due} 前追认 | A paper approval of {signedOn} was entered for “{title}”; its signer confirms it by {due}
    paper.told.overdue | “{title}”的纸质审批补录逾期未追认或复核（期限 {due}） | Nobody has confirmed a paper approval of “{title}”, due by {due}
    paper.told.dropped | “{title}”的纸质审批补录有异议，未曾生效 | A paper approval of “{title}” was objected to before it counted
    paper.told.reopened | “{title}”的纸质审批补录有异议，已退回该签字 | A paper approval of “{title}” was objected to; the case is back at that signature
    paper.told.suspended | “{title}”的纸质审批补录有异议，授权已暂停 | A paper approval of “{title}” was objected to; the grant is suspended
    paper.told.standing | “{title}”的纸质审批补录有异议，本件已无法退回，请核处 | A paper approval of “{title}” was objected to; the case has gone too far to undo it: look into it
    paper.dossier-column.name | 扫描件 | Scan
    paper.dossier-column.signed-on | 签字日期 | Day signed
    paper.dossier-column.bytes | 字节 | Bytes
    paper.dossier-column.sha256 | SHA-256 | SHA-256
    paper.api.list | 列出申请的纸质审批补录 | The signatures on paper of a request
    paper.api.list-about | 每条含签字人、签字日、补录人、扫描件摘要和处理情况。 | Each with its signer, the day signed, who entered it, the digest of its scan and what came of it.
    paper.api.signers | 列出可补录的签字人 | Who can have signed
    paper.api.signers-about | 本件到达该步骤以来能给出待签签字的任职人和代行人。没有可补录的签字时答 409。 | Holders and deputies who could have given a missing signature of your unit since the case came to the step. 409 when there is none.
    paper.api.scan | 上传签字页扫描件 | Bring the scan of a signed sheet
    paper.api.scan-about | 以 multipart/form-data 发送；未用于补录的扫描件一天后清除。 | Sent as multipart/form-data. A scan that nothing is entered with is cleared away after a day.
    paper.api.enter | 补录一份纸质审批 | Enter a signature on paper
    paper.api.enter-about | 决定性的签字经追认或复核后生效，其余立即生效。 | A signature that decides counts once it is confirmed; others count at once.
    paper.api.confirm | 追认或复核一份补录 | Confirm an entry
    paper.api.confirm-about | 签字人为追认，本单位其他人为复核；补录人不得复核。 | By its signer, or by somebody else of the unit who did not enter it.
    paper.api.object | 对补录提出异议 | Object to an entry
    paper.api.object-about | 能退回的退回该签字；已授权的暂停授权；通知数据主管部门。 | Undone where it can be; a grant that was made is suspended; the bureau is told.
    """)
