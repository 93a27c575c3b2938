package import Kernel

package let acceptanceWords = Words(
    """
    sharing-request.state.acceptance | 已供数，待验收 | Delivered, to be accepted
    sharing-request.state.mending | 验收异议，待提供方处理 | Objected to, with the provider
    sharing-request.state.accepted | 已供数并验收 | Delivered and accepted
    sharing-request.state.grant-ended | 授权已终止，办结 | Closed: the grant has ended
    sharing-request.act.deliver-for-acceptance | 首次供数 | First delivery
    sharing-request.act.accept-delivery | 验收通过 | Accept the delivery
    sharing-request.act.object-delivery | 提出验收异议 | Object to the delivery
    sharing-request.act.mend | 已处理，请重新验收 | Mended: to be accepted again
    sharing-request.act.accept-in-silence | 期满未提出异议，视为验收 | No objection in time: taken as accepted
    sharing-request.act.end-with-grant | 授权终止，随之办结 | Closed with its grant
    casework.condition.acceptance-expired | 验收期尚未届满 | The time to object to the delivery has not run out
    casework.condition.grant-ended | 授权仍然有效 | The grant is in force
    exchange.clock.acceptance | 验收时限（期满未提出异议视为验收） | Time to accept; silence is acceptance
    exchange.clock.mending | 验收异议处理时限 | Time to mend
    exchange.consequence.accept-delivery | 确认首次供数与授权一致，办件办结；授权继续有效。 | What came is what was granted. The case ends; the grant goes on.
    exchange.consequence.object-delivery | 退提供方处理并计时，处理后重新验收。 | Goes back to the provider, with a clock, and comes again for acceptance.
    exchange.consequence.mend | 申请方重新验收，验收时限重新计算。 | The applicant looks again; the time to accept starts anew.
    exchange.delivery-faults | 不符之处 | What is wrong
    exchange.delivery-fault.missing-columns | 缺少信息项 | Items are missing
    exchange.delivery-fault.empty | 没有数据 | Nothing in it
    exchange.delivery-fault.wrong-rows | 数据范围不符 | Wrong rows
    exchange.delivery-fault.late | 逾期供数 | Late
    exchange.delivery-fault.other | 其他 | Something else
    exchange.step-reasons | 不符之处：{reasons} | Wrong: {reasons}
    exchange.told.accept-delivery | “{title}”的供数已验收 | The delivery of “{title}” was accepted
    exchange.told.accept-in-silence | “{title}”验收期满未提出异议，视为验收 | Nobody objected to the delivery of “{title}” in time: taken as accepted
    exchange.told.object-delivery | 申请方对“{title}”的供数提出验收异议 | The applicant objects to the delivery of “{title}”
    exchange.told.mend | “{title}”的验收异议已处理，请重新验收 | “{title}” was mended and is to be accepted again
    """)
