package import Kernel

/// Of approval chains: how they are set, and what a case does in them.
package let chainWords = Words(
    """
    exchange.return-to | 退回到 | Return to
    exchange.return-option | 第 {number} 步（{role@web.role.}） | Step {number} ({role@web.role.})
    exchange.step-returned | 退回到审批流第 {number} 步，该步及以后须重新签署。 | Returned to signature {number}; it and those after it are given again.
    exchange.step-passed-over | 无人可签、已越过：{roles} | Passed over, as nobody could sign: {roles}
    exchange.consequence.sign-step | 审批流第 {number} 步，共 {of} 步：您的意见记入办理过程，转下一步签署，由最后一步作出决定。 | Signature {number} of {of}: your opinion is put on record and the next signature is asked for; the last one decides.
    exchange.chains | 审批流 | Approval chains
    exchange.chains-why | 本单位对外申请、对外答复之前须经哪些人签署。可按共享类型、数据级别另行设定；正在审批流中的事项仍按原审批流办理。 | Who signs before your unit asks or answers. Data of a share type or grade may have signatures of their own; cases already in a chain keep theirs.
    exchange.chains-empty | 没有审批流。 | There is no approval chain.
    exchange.chain.sharing-request.sign-off | 申请签核（本单位提出申请） | Sign-off (your unit asks)
    exchange.chain.sharing-request.decision | 提供方审核（本单位提供数据） | Decision (your unit provides)
    exchange.chain-name | 审批流 | Chain
    exchange.chain-case | 适用情形 | Cases
    exchange.chain-signatures | 依次签署 | Signatures in order
    exchange.chain-state | 状态 | State
    exchange.chain-own | 本单位设定 | your unit's own
    exchange.chain-default | 系统默认 | default
    exchange.chain-vacant | {count} 处空缺 | {count} vacant
    exchange.chain-otherwise | 其余情形 | All other cases
    exchange.chain-when-sharing | {sharing@policy.sharing-} | Data {sharing@policy.sharing-}
    exchange.chain-when-grade | {grade@grading.level.}及以上 | {grade@grading.level.} and above
    exchange.chain-when-both | {sharing@policy.sharing-}，{grade@grading.level.}及以上 | Data {sharing@policy.sharing-}, {grade@grading.level.} and above
    exchange.chain-new | 另设情形 | Add a case
    exchange.chain-form | 设定审批流 | Set an approval chain
    exchange.chain-grade | 数据级别 | Grade
    exchange.chain-grade-min | 数据级别不低于 | Grade at least
    exchange.chain-condition-needed | 请至少选择一项条件。 | Choose at least one condition.
    exchange.chain-variant-twice | 该情形已另有设定，请修改原设定。 | These cases have signatures of their own already; change those.
    exchange.chain-steps-note | 自上而下依次签署；同一步有多人的为会签，先后不限，全部签署后转下一步。留空的步骤不计。 | Signed from the top down. Several in one step sign side by side, in any order; the next step follows when all have. Empty steps do not count.
    exchange.chain-last | 最后一步作出决定，须由一人签署，角色限于：{roles}。 | The last step decides: one signature, by one of: {roles}.
    exchange.chain-step-number | 第 {number} 步 | Step {number}
    exchange.chain-step | 步骤 | Step
    exchange.chain-signer | 签署人 | Signed by
    exchange.chain-with | 会签 | And by
    exchange.chain-unit | 会签单位 | And by another unit
    exchange.chain-nobody | 无 | Nobody
    exchange.chain-vacant-post | 空缺 | vacant
    exchange.chain-save | 保存审批流 | Save the chain
    exchange.chain-saved | 审批流已保存。 | The approval chain is saved.
    exchange.chain-remove | 删除该情形 | Remove this case
    exchange.chain-remove-note | 删除后，此类事项按其余情形签署；正在审批流中的事项不受影响。 | Such requests are then signed as all others; cases already in the chain keep theirs.
    exchange.chain-reset | 恢复系统默认 | Back to the default
    exchange.chain-reset-note | 本单位设定的全部情形将删除；正在审批流中的事项不受影响。 | All that your unit has set here goes; cases already in the chain keep theirs.
    exchange.chain-removed | 已删除。 | Removed.
    exchange.chain-try | 试走 | Try it
    exchange.chain-try-unsaved | 试走（不保存） | Try it without saving
    exchange.chain-trial-note | 以下按所填内容试走，尚未保存。 | This is a dry run of what is written above; nothing is saved yet.
    exchange.chain-rehearsal | 试走一遍 | Dry run
    exchange.chain-rehearsal-note | 试走只按今日任职情况推算，不产生办件。同一人只签一次；起草人不能签，实际办理时另行排除。 | A dry run reckons with today's holders and makes no case. One person signs once. Whoever drafted cannot sign either; that is seen in the case itself.
    exchange.chain-holders | 现任 | Held by
    exchange.chain-outcome | 结果 | Outcome
    exchange.chain-can-sign | 可签署 | can sign
    exchange.chain-same-hand | 已签前一步、别无他人，越过 | signs an earlier step and nobody else can: passed over
    exchange.chain-passed-over | 无人可签，越过 | passed over
    exchange.chain-escalates | 最后一步无人可签：办件将报数据主管部门领导签署。 | Nobody could sign the last step: the case would go to the bureau's leader.
    exchange.cannot-sign | 第 {step} 步的“{role@web.role.}”无权签署该步 | {role@web.role.} has no right to sign step {step}
    exchange.unit-unknown | 没有会签单位 {unit}，或为本单位、已撤销 | There is no unit {unit} to sign, or it is your own or dissolved
    exchange.post-elsewhere | 岗位 {post} 不属于本单位，或者不具备该步骤所需的角色。 | Post {post} is not of this unit, or lacks the role of the step.
    exchange.api.read-chain | 查看本单位的审批流 | A unit's approval chain
    exchange.api.set-chain | 设定本单位的审批流 | Set a unit's approval chain
    exchange.api.set-chain-about | 每一步由具备该角色的人员签署；写明岗位的，只能由该岗位签署；一步有多个签署人的为会签；写明单位的，由该单位签署。另设情形按先后取第一个符合的。正在审批流中的事项仍按原审批流办理。 | Each step is signed by someone with the role, or by the post that it names; several signatures in one step are given side by side, and one with a unit by that unit. Of the variants the first that fits is walked. Cases already in a chain keep theirs.
    """)
