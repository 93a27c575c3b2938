package import Kernel

/// Why a case stands where it does and what follows, for whoever did not write the rules.
package let stepWords = Words(
    """
    exchange.step-why | 为什么是这一步，接下来怎样 | Why this step, and what follows
    sharing-request.next.draft | 填写完整后提交本单位签核；提交之前可以修改，也可以撤回。 | Complete it and submit it for your unit's sign-off; until then it can be changed or withdrawn.
    sharing-request.next.sign-off | 申请以单位名义提出，须由起草人以外的人签核。签核后送数据主管部门审核；不同意的退回修改。 | A request is made in the unit's name, so somebody other than its drafter signs it off. Then the bureau checks it; otherwise it goes back to be changed.
    sharing-request.next.check | 数据主管部门核对申请是否齐全、依据是否明确。受理后，无条件共享的即授权，有条件共享的送提供方审核；不齐全的一次告知补正。 | The bureau checks that it is complete and has its basis. Then data shared unconditionally are granted at once, others go to their provider; what is missing is asked for once.
    sharing-request.next.supplement | 申请不齐全，须一次补正；补正期间审核时限暂停，补正后继续审核。 | Something is missing and is asked for once. The clock of the check stands still and goes on with the answer.
    sharing-request.next.decision | 有条件共享由提供方决定：同意的即授权，可以提出调整意见，不同意的须说明法律依据。逾期不答复的自动督办，申请方可提请协调。 | The provider decides: it agrees, which grants; or offers other terms; or refuses on a legal basis. Silence is supervised by itself, and the applicant may take it to coordination.
    sharing-request.next.offer | 提供方同意按调整后的条件提供。接受即授权；不接受即办结，也可以提请协调。 | The provider would give it on other terms. Accepting grants; declining ends it; it can also be taken to coordination.
    sharing-request.next.refused | 提供方说明了不同意的法律依据。异议期内可以提请协调；接受或期满无异议的，办结。 | The provider refused on a legal basis. It can be taken to coordination while there is time to object; accepted, or without objection, it ends.
    sharing-request.next.coordination | 双方意见不一致，由数据主管部门协调；达成一致或作出裁定后即照办，双方均受约束。 | The parties differ, so the bureau coordinates. What is agreed or ruled is carried out at once and binds both.
    sharing-request.next.granted | 授权已签署，申请方可以取数；首次取数后转入验收。 | The grant is signed and data can be fetched; with the first delivery its acceptance begins.
    sharing-request.next.acceptance | 首次取数已完成，由申请方核对是否与授权相符。有问题可提异议，由提供方处理；期满未提异议视为验收。 | The first data have arrived and the applicant checks them. An objection goes to the provider; without one in time they count as accepted.
    sharing-request.next.mending | 申请方对供数提出异议，由提供方处理并答复，之后重新验收。 | The applicant objected to what was delivered. The provider mends it, then it is accepted anew.
    sharing-request.next.emergency | 应急情形可凭领导口头批准先行授权；登记批准后即时授权，有时限，手续须补办。 | In an emergency a leader's word is enough to begin with. Once it is entered the grant is made, for limited hours, and its paperwork follows.
    sharing-request.next.paperwork | 应急授权先行生效，须在时限内补齐书面手续；逾期未补办的，授权自动终止。 | The emergency grant is in force; its paperwork must follow in time, or it ends by itself.
    sharing-request.next.paper-sign-off | 补办的手续须由起草人以外的人签核；签核后由口头批准的领导书面确认。 | The paperwork is signed off by somebody other than its drafter; then the leader who gave the word confirms it in writing.
    sharing-request.next.confirmation | 提供方领导口头批准过，须由其书面确认；确认后转为正式授权，不确认的办结。 | The provider's leader gave the word and confirms it in writing: then the grant is a regular one; without it the case ends.
    sharing-request.next.confirmation-bureau | 数据主管部门领导口头批准过，须由其书面确认；确认后转为正式授权，不确认的办结。 | The bureau's leader gave the word and confirms it in writing: then the grant is a regular one; without it the case ends.
    sharing-request.next.transfer | 提供方认为数据属其他单位，由数据主管部门裁定：转给应提供的单位，或退回提供方审核。 | The provider says that the data are another's. The bureau rules: it is passed on, or goes back to the provider.
    sharing-request.next.mapping | 申请已转到另一条目，信息项不尽相同，由申请方确认后继续审核。 | It was passed on to an entry with other items: the applicant confirms them, then it goes on.
    sharing-request.next.delivered | 已按授权供数，办结；授权期内可继续取数。 | Data were delivered under the grant. The case is closed; the grant goes on until its end.
    sharing-request.next.accepted | 供数已验收，办结；授权期内可继续取数。 | The delivery was accepted. The case is closed; the grant goes on until its end.
    sharing-request.next.not-shared | 该条目依法不予共享，办结。 | By law these data are not shared. The case is closed.
    sharing-request.next.closed | 未形成授权，办结。情况有变的，可以重新申请。 | It ended without a grant. It can be asked for anew when things have changed.
    sharing-request.next.declined | 申请方未接受调整意见，办结；可以重新申请。 | The applicant did not take the offer. The case is closed; it can be asked for anew.
    sharing-request.next.returned | 已退回申请方并说明理由，办结；更正后可以重新申请。 | It was returned with the reason. The case is closed; corrected, it can be asked for anew.
    sharing-request.next.withdrawn | 申请方已撤回，办结；可以重新申请。 | The applicant withdrew it. The case is closed; it can be asked for anew.
    sharing-request.next.lapsed | 手续未在时限内补办，应急授权已终止，办结。 | Its paperwork did not follow in time: the emergency grant has ended and the case is closed.
    sharing-request.next.transferred | 已转给另一提供方，在新的办件中继续办理。 | It was passed on and goes on in a new case.
    sharing-request.next.grant-ended | 授权已终止，办结。 | The grant has ended, and the case with it.
    sharing-application.next.draft | 选好条目，共同部分填写一次，提交本单位签核；提交之前可以修改，也可以撤回。 | Choose entries, fill in once what is common, and submit it for your unit's sign-off; until then it can be changed or withdrawn.
    sharing-application.next.sign-off | 申请以单位名义提出，须由起草人以外的人签核；签核一次，按条目分办，送数据主管部门受理。 | It is made in the unit's name, so somebody other than its drafter signs it off, once; then it is parted into requests, which go to the bureau.
    sharing-application.next.running | 已按条目分办，各项有各自的提供方和时限；各项全部办结时本申请随之办结。 | It is parted: each request has its own provider and clocks. It ends with the last of them.
    sharing-application.next.ended | 各项全部办结，见下表。 | All its requests have ended, as listed below.
    sharing-application.next.withdrawn | 申请方已撤回，未分办；可以重新申请。 | The applicant withdrew it before it was parted; it can be begun anew.
    """)
