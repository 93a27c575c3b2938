package import Kernel

package let emergencyWords = Words(
    """
    exchange.emergency-withheld | 不予共享的数据不能应急共享 | Data that are not shared by law are not shared in an emergency either
    exchange.emergency-twice | 本单位对该条目已有一件尚未补办手续的应急共享 | Your unit already has an emergency for this entry that is not confirmed
    exchange.emergency-twice-remedy | 请先补办或撤回前一件 | Complete its paperwork, or withdraw it, first
    exchange.emergency-said-when | 须为最近 {hours} 小时内的时间 | Must be within the last {hours} hours
    exchange.emergency-leader-unknown | 须为提供方或主管部门现任领导岗位 | Must be a leader's post of the provider or the bureau that somebody holds today
    exchange.emergency-as-approved | 须与口头批准时一致；如需变更，请另行申请 | Must be as it was approved; ask anew for anything else
    exchange.emergency | 应急共享 | Emergency sharing
    exchange.emergency-chip | 应急 | Emergency
    exchange.emergency-hours-left | 应急授权有效至 {at}。到时仍未补办手续并经书面确认的，授权自动终止。 | The emergency grant is in force until {at}. Unless its paperwork is confirmed in writing by then it ends by itself.
    exchange.emergency-outcome.asked | 等待登记领导口头批准 | A leader's word is awaited
    exchange.emergency-outcome.in-force | 已授权，尚未补办手续 | Granted; its paperwork has to follow
    exchange.emergency-outcome.confirmed | 已补办手续并书面确认 | Confirmed in writing
    exchange.emergency-outcome.lapsed | 逾时未补办手续，授权已终止 | The paperwork did not follow in time; the grant has ended
    exchange.emergency-outcome.declined | 未获批准或确认 | Not approved, or not confirmed
    exchange.emergency-outcome.withdrawn | 申请方已撤回 | Withdrawn
    exchange.emergency-standing | 办理情况 | Standing
    exchange.emergency-circumstance | 紧急情形 | Circumstance
    exchange.emergency-circumstance-hint | 授权只限用于此情形。例如：某地强降雨，转移安置独居老人 | The grant is for this alone. For example: heavy rain, moving old people who live alone
    exchange.emergency-leader | 口头批准的领导岗位 | Post of the leader who approved
    exchange.emergency-said-at | 口头批准时间 | Said at
    exchange.emergency-means | 方式 | Means
    exchange.emergency-words | 批准内容 | What was said
    exchange.emergency-until | 应急授权有效至 | In force until
    exchange.emergency-means.telephone | 电话 | Telephone
    exchange.emergency-means.meeting | 会议 | Meeting
    exchange.emergency-means.message | 短信或工作通信 | Message
    exchange.emergency-means.in-person | 当面 | In person

    casework.condition.named-leader | 须由作出口头批准的领导本人书面确认 | Only the leader who approved by word confirms in writing
    casework.condition.provider-leader | 口头批准的不是提供方领导 | The leader who approved is not the provider's
    casework.condition.bureau-leader | 口头批准的不是主管部门领导 | The leader who approved is not the bureau's
    casework.condition.emergency-hour-past | 应急授权的时限未到 | The hour of the emergency is not past

    sharing-request.state.emergency | 应急，待登记口头批准 | Emergency, a leader's word awaited
    sharing-request.state.paperwork | 应急授权，待补办手续 | Emergency grant, paperwork to follow
    sharing-request.state.paper-sign-off | 应急授权，补办手续签核 | Emergency grant, paperwork being signed
    sharing-request.state.confirmation | 应急授权，待提供方领导书面确认 | Emergency grant, the provider's leader confirms
    sharing-request.state.confirmation-bureau | 应急授权，待主管部门领导书面确认 | Emergency grant, the bureau's leader confirms
    sharing-request.state.lapsed | 应急授权到时终止，未补办手续 | Emergency grant ended: its paperwork did not follow

    sharing-request.act.ask-emergency | 申请应急共享 | Ask in an emergency
    sharing-request.act.approve-orally | 登记口头批准，立即授权 | Enter a leader's word and grant at once
    sharing-request.act.approve-orally-bureau | 登记口头批准，立即授权 | Enter a leader's word and grant at once
    sharing-request.act.decline-emergency | 不按应急办理 | Not an emergency
    sharing-request.act.save-paperwork | 保存补办内容 | Save the paperwork
    sharing-request.act.submit-paperwork | 提交补办手续签核 | Submit the paperwork for sign-off
    sharing-request.act.sign-paperwork | 签核补办手续 | Sign the paperwork off
    sharing-request.act.sign-paperwork-bureau | 签核补办手续 | Sign the paperwork off
    sharing-request.act.send-paperwork-back | 退回修改 | Send back to the drafter
    sharing-request.act.return-paperwork | 退回审批流前步 | Return to an earlier signature
    sharing-request.act.confirm | 书面确认 | Confirm in writing
    sharing-request.act.confirm-bureau | 书面确认 | Confirm in writing
    sharing-request.act.decline-confirmation | 不予确认，终止授权 | Do not confirm: end the grant
    sharing-request.act.decline-confirmation-bureau | 不予确认，终止授权 | Do not confirm: end the grant
    sharing-request.act.lapse | 到时终止 | Ended at its hour

    exchange.consequence.ask-emergency | 由提供方首席数据官或主管部门登记领导的口头批准后立即授权，时限内须补办手续，逾时自动终止。 | Once a leader's word is entered it is granted at once. The paperwork has to follow in time, or the grant ends by itself.
    exchange.consequence.approve-orally | 登记后立即签署应急授权，只限所述情形，到时自动终止。 | The grant is in force at once, for the circumstance alone, and ends at its hour.
    exchange.consequence.decline-emergency | 退回草稿，申请方可按普通程序申请。 | Back to a draft, which may be submitted the ordinary way.
    exchange.consequence.submit-paperwork | 由本单位签核，再由作出口头批准的领导书面确认。 | Your unit signs off, then the leader who approved confirms in writing.
    exchange.consequence.confirm | 授权转为普通授权，按补办的申请确定期限和用途。 | The grant becomes an ordinary one, with the term and purpose of the paperwork.
    exchange.consequence.decline-confirmation | 应急授权立即终止，办件办结。 | The emergency grant ends at once, and the case with it.
    exchange.consequence.withdraw-emergency | 应急授权立即终止，办件办结，不能恢复。 | The emergency grant ends at once, and the case with it, for good.

    exchange.told.ask-emergency | 应急共享“{title}”：请登记领导口头批准 | An emergency asks for “{title}”: a leader's word is awaited
    exchange.told.approve-orally | “{title}”已应急授权，须在时限内补办手续 | “{title}” was granted in an emergency; the paperwork has to follow in time
    exchange.told.approve-orally-bureau | “{title}”已应急授权，须在时限内补办手续 | “{title}” was granted in an emergency; the paperwork has to follow in time
    exchange.told.decline-emergency | “{title}”不按应急办理，请按普通程序申请 | “{title}” is no emergency; submit it the ordinary way
    exchange.told.confirm | “{title}”的应急共享已书面确认 | The emergency for “{title}” is confirmed in writing
    exchange.told.confirm-bureau | “{title}”的应急共享已书面确认 | The emergency for “{title}” is confirmed in writing
    exchange.told.decline-confirmation | “{title}”的应急共享未获确认，授权已终止 | The emergency for “{title}” was not confirmed; the grant has ended
    exchange.told.decline-confirmation-bureau | “{title}”的应急共享未获确认，授权已终止 | The emergency for “{title}” was not confirmed; the grant has ended
    exchange.told.lapse | “{title}”的应急授权到时终止：时限内未补办手续 | The emergency grant for “{title}” has ended: its paperwork did not follow in time
    """)
