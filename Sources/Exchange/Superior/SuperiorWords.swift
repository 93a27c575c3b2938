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
    superior.needed | 该数据须经{superior}同意方可共享（{basis}）。每份申请均由提供方报请，取得同意的答复后才能授权。 | Sharing these data needs the consent of {superior} ({basis}). The provider asks for it on every request; nothing is granted without.
    superior.another | 本条目须报{superior}同意 | For this entry it is {superior} that has to agree
    superior.not-in-emergency | 该数据须经上级部门同意，不能按紧急共享先行提供 | These data need consent from above and are not given on a leader's word
    superior.not-in-emergency-remedy | 请按一般申请提交，并告知提供方情况紧急，由其报请上级部门 | Make an ordinary request and tell the provider how urgent it is; it asks the department above
    superior.consent-title | 上级部门同意：{entry} | Consent from above: {entry}
    superior.consent-why | 垂直管理系统数据等须经上级部门同意方可共享的，在此设定。设定后对本条目的每份申请（含尚未决定的）生效，不能省略；属无条件共享的也由提供方决定。 | For data that may be shared only with the consent of the department above, such as those of vertical systems. It holds for every request for this entry, also for those not decided yet, and cannot be left away; requests for unconditional data are then decided by the provider too.
    superior.consent-superior-hint | 例如：省民政厅 | For example 省民政厅
    superior.consent-basis | 依据 | Basis
    superior.consent-basis-hint | 规定须经其同意的文件，例如：粤民发〔2024〕5号 | The document that says so, for example 粤民发〔2024〕5号
    superior.consent-save | 设定 | Set it
    superior.consent-end | 取消设定 | Take it back
    superior.consent-set | 已设定：对本条目的申请须经上级部门同意。 | Requests for this entry need consent from above from now on.
    superior.consent-ended | 已取消：对本条目的申请不再要求上级部门同意。 | Requests for this entry need no consent from above any more.
    superior.api-read | 条目是否须经上级部门同意 | Whether requests for an entry need consent from above
    superior.api-set | 设定或取消须经上级部门同意 | Demand consent from above for an entry, or take it back
    superior.api-set-about | 仅限提供方设定审批流的人员；对尚未决定的申请同样生效。 | For whoever sets the provider's approval chains; it holds for requests not decided yet, too.
    """)
