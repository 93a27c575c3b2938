package import Kernel

package let transferWords = Words(
    """
    sharing-request.state.transfer | 提供方称非本单位数据，待主管部门裁定 | Said to be another's: the bureau rules
    sharing-request.state.mapping | 已转办，待申请方确认信息项 | Passed on: the applicant confirms the items
    sharing-request.state.transferred | 已转办 | Passed on
    sharing-request.act.misdirected | 非本单位数据，提请转办 | Not ours: to be passed on
    sharing-request.act.pass-on | 转办 | Pass on
    sharing-request.act.return-to-provider | 仍由原提供方办理 | Back to the same provider
    sharing-request.act.enter-transferred | 转办，由正确的提供方办理 | Passed on to the right provider
    sharing-request.act.enter-transferred-check | 转办，送受理 | Passed on, to the bureau
    sharing-request.act.enter-mapping | 转办，送申请方确认信息项 | Passed on, to the applicant
    sharing-request.act.confirm-mapping | 确认信息项 | Confirm the items
    sharing-request.act.confirm-mapping-check | 确认信息项 | Confirm the items
    casework.condition.transferred | 须由转办产生 | Only a request that was passed on
    casework.condition.may-pass-on | 转办次数已满，请裁定由原提供方办理或退回申请 | It was passed on as often as may be: send it back to the provider, or return it
    exchange.clock.transfer | 转办裁定时限 | Time to rule on passing on
    exchange.clock.mapping | 确认信息项时限 | Time to confirm the items
    exchange.consequence.misdirected | 由数据主管部门裁定；答复计时停止，转办后由新的提供方重新计时。 | The bureau rules; the time to answer stops, and starts anew with the new provider.
    exchange.consequence.pass-on | 本件办结，以申请方的名义转为所选条目的申请；答复时限从今日起重新计算，已耗时间在新件中列明。 | This case ends and goes on as a request of that entry in the applicant's name. The time to answer starts today; the time lost is shown there.
    exchange.consequence.return-to-provider | 一个办件只能一次；答复时限从今日起重新计算。 | Once in a case; the time to answer starts anew today.
    exchange.told.pass-on | 对“{title}”的申请已转为对“{entry}”的申请 | The request for “{title}” was passed on as one for “{entry}”
    exchange.told.misdirected | 提供方称“{title}”非本单位数据，请裁定 | The provider says that “{title}” is not theirs: please rule
    transfer.entry | 正确的目录条目（名称或编号） | The right entry (title or id)
    transfer.entry-known | 如知道，请写明 | If it is known
    transfer.entry-unknown | 没有查到唯一的条目，请写明完整名称或编号 | No single entry found: give the whole title or the id
    transfer.same-entry | 与原申请的条目相同 | That is the entry it was asked of
    transfer.came | 由“{title}”（{provider}）转办而来，原因：{reason}。转办前已用 {daysLost} 个工作日，答复时限自转办之日重新计算。 | Passed on from “{title}” ({provider}): {reason}. {daysLost} working days had gone by; the time to answer started anew.
    transfer.missing | 该条目没有以下信息项，请另选或删去后确认：{items} | This entry does not have these items; choose others or leave them out, and confirm: {items}
    transfer.went | 已转办，在新的申请中继续办理。 | Passed on; it goes on in another request.
    transfer.to-successor | 查看转办后的申请 | The request it goes on as
    transfer.to-earlier | 查看原申请 | The request before
    """)
