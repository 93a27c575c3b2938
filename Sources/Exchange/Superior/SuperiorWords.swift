package import Kernel

package let superiorWords = Words(
    """
    sharing-request.act.ask-superior | 报上级部门同意，暂停答复计时 | Ask the department above: the time to answer waits
    sharing-request.act.superior-replied | 登记上级部门答复 | Enter the reply from above
    sharing-request.act.superior-replied-late | 登记上级部门答复 | Enter the reply from above
    sharing-request.act.superior-silent | 上级部门逾期未复，恢复答复计时 | No reply from above in time: the time to answer runs again
    casework.condition.superior-settled | 该数据须经上级部门同意，尚无同意的答复 | The department above has to agree, and has not
    casework.condition.superior-waiting | 没有等待答复的报上级公文，或等待时限已过 | No letter waits for a reply, or its time is over
    casework.condition.superior-late | 上级部门的答复时限未到 | The time for the reply is not over
    casework.condition.superior-overdue | 上级部门的答复时限未到 | The time for the reply is not over
    exchange.clock.superior | 等待上级部门答复的最长时限 | Longest time to wait for the department above
    exchange.consequence.ask-superior | 数据属垂直管理系统、须经上级部门同意的，登记所发公文；自报送之日起暂停答复计时。未取得同意的答复，不能授权。 | For data of a vertical system. The time to answer waits from the day of the letter; without consent nothing can be granted.
    exchange.consequence.superior-replied | 恢复答复计时。上级部门不同意的，请以“不同意”答复申请方。 | The time to answer runs again. Where the reply is a refusal, refuse the request.
    exchange.told.ask-superior | “{title}”须经上级部门同意，答复计时暂停 | “{title}” needs consent from above; the time to answer waits
    exchange.told.superior-silent | “{title}”：上级部门逾期未复，答复计时恢复 | “{title}”: no reply from above in time; the time to answer runs again
    superior.superior | 上级部门 | Department above
    superior.letter | 报送公文文号 | Number of the letter that went out
    superior.letter-hint | 例如：河民函〔2026〕12号 | For example 河民函〔2026〕12号
    superior.sent-on | 报送日期 | Sent on
    superior.sent-when | 须在 {since} 至今日之间 | Must be from {since} to today
    superior.dated-ahead | 答复日期不得晚于今日 | Dated in the future
    superior.reply | 答复公文 | The reply
    superior.reply-hint | 先在本页“公文”处登记来文并上传扫描件，再在此选择 | Register the letter on this case with its scan first; then choose it here
    superior.outcome | 答复结果 | What it says
    superior.outcome.consent | 同意 | Consent
    superior.outcome.refusal | 不同意 | Refusal
    superior.not-a-term | 上级部门的同意须以登记的答复为准，不能作为条款填写 | Consent from above comes of a registered reply and cannot be written as a term
    superior.asked | 须经上级部门同意：{sentOn} 以 {letter} 报 {superior}。 | Needs consent from above: {superior} was asked by {letter} on {sentOn}.
    superior.consented | {issuer} 于 {on} 以 {number} 答复同意。 | {issuer} agreed on {on} by {number}.
    superior.refused | {issuer} 于 {on} 以 {number} 答复不同意。 | {issuer} refused on {on} by {number}.
    """)
