import Kernel

let successionWords = Words(
    """
    succession.successions | 单位变更 | Changes of units
    succession.why | 机构改革中的合并、拆分、更名。先预演，看清每一项的去处，再确认；到期日自动生效一次。 | Mergers, splits and renames: rehearse first and see where everything goes, then confirm; it takes effect once, on its day.
    succession.new | 新的单位变更 | Plan a change
    succession.new-why | 提交后先看预演，确认之前什么都不会改变。 | You see a rehearsal first; nothing changes before it is confirmed.
    succession.one | 单位变更：{name} | Change of {name}
    succession.none | 还没有单位变更。 | Nothing has been planned.
    succession.units | 变更的单位 | Units that change
    succession.becomes | 承接单位 | Becomes
    succession.becomes-hint | 合并选一个，拆分选两个以上，更名不选。新设单位请先登记。 | One for a merger, two or more for a split, none for a rename. Register a new unit first.
    succession.kind | 变更方式 | Kind
    succession.kind.merge | 合并 | merger
    succession.kind.split | 拆分 | split
    succession.kind.rename | 更名 | rename
    succession.kind-hint.merge | 一个或几个单位并入另一个单位 | one or several units go into another
    succession.kind-hint.split | 一个单位由两个以上单位承接，逐项确定去处 | one unit is followed by several; each thing is assigned
    succession.kind-hint.rename | 还是同一个单位，到期日改用新名称 | it stays the same unit and has a new name from the day on
    succession.name-hint | 仅更名时填写。 | For a rename only.
    succession.date | 生效日期 | Takes effect on
    succession.document | 依据文件 | Decision
    succession.document-hint | 文号，如“河府函〔2024〕1号”。 | Its number, as it is cited.
    succession.look | 预演 | Rehearse
    succession.state | 状态 | State
    succession.state.draft | 预演中 | rehearsed
    succession.state.planned | 已确认，待生效 | confirmed
    succession.state.done | 已生效 | done
    succession.state.withdrawn | 已撤回 | withdrawn
    succession.ended | 办结时间 | Ended at
    succession.digest | 清单摘要 | Digest of the list
    succession.faults | 须先解决 | To be settled first
    succession.where | 位置 | Where
    succession.what | 问题 | What
    succession.lines | 事项与去处 | Everything and where it goes
    succession.no-lines | 没有符合条件的事项。 | Nothing fits.
    succession.item | 事项 | Thing
    succession.item-kind | 类别 | Kind of thing
    succession.every-kind | 全部类别 | Every kind
    succession.from | 原单位 | From
    succession.to | 承接单位 | To
    succession.with | 随同它所依附的事项 | with what it belongs to
    succession.nobody | 尚未指定 | nobody yet
    succession.fate.ends | 到期结束 | ends
    succession.fate.everyone | 各承接单位 | every successor
    succession.fate.waits | 须等它结束 | has to end first
    succession.tick | 选中 | Choose
    succession.choose-title | 指定去处 | Assign
    succession.choose | 指定 | Assign
    succession.choose-what | 范围 | What
    succession.choose.ticked | 上表中选中的事项 | what is ticked above
    succession.choose.shown | 符合当前筛选条件的全部事项 | everything the filter shows
    succession.choose.all | 全部事项的默认去处（逐项指定的除外） | everything that is not assigned by itself
    succession.nothing-ticked | 没有选中任何事项。 | Nothing was chosen.
    succession.chosen | 去处已保存。 | Saved where things go.
    succession.bring | 带回清单 | Bring the list back
    succession.bring-why | 从上表下载 Excel 清单，在“承接单位”一列填写单位名称后带回。有一处不对则一行也不采用，并指出是哪一格。 | Download the list above as Excel, fill in the successors and bring it back. One fault and no row is taken; each fault names its cell.
    succession.file | 清单 | List
    succession.column.kind | 类别代码 | Kind code
    succession.column.word | 类别 | Kind
    succession.column.id | 编号 | Id
    succession.column.title | 事项 | Thing
    succession.column.heir | 承接单位 | To
    succession.list-columns | 清单缺少“类别代码”“编号”或“承接单位”列。 | The list lacks its columns of kind code, id or successor.
    succession.list-item-unknown | 本次变更没有可指定的事项“{name}” | there is nothing to assign called "{name}"
    succession.list-item-twice | “{name}”出现了两次 | "{name}" is there twice
    succession.list-heir-unknown | “{name}”不是本次变更的承接单位 | "{name}" is no successor of this change
    succession.confirm | 确认变更 | Confirm
    succession.confirm-note | 确认后于 {day} 生效；该日已到的立即生效。生效后不能撤回。 | It takes effect on {day}, at once if that day is here. Then it cannot be taken back.
    succession.withdraw | 撤回 | Withdraw
    succession.withdraw-note | 撤回后本次变更不再生效，所作指定一并作废。 | It will not take effect; what was assigned is forgotten.
    succession.is-planned | 已确认，到生效日期自动办理。 | Confirmed; it takes effect on its day.
    succession.is-done | 单位变更已生效。 | The change has taken effect.
    succession.is-withdrawn | 单位变更已撤回。 | The change is withdrawn.
    succession.unknown | 没有这次单位变更。 | There is no such change of units.
    succession.units-invalid | 合并须有一个承接单位，拆分须有一个原单位和两个以上承接单位，更名须有一个单位；同一单位不能重复，也不能是单位组。 | A merger needs one successor, a split one unit and two or more successors, a rename one unit; no unit twice, and no group.
    succession.document-needed | 请填写依据文件，不超过 200 字。 | The decision is needed, at most 200 characters.
    succession.backwards | 生效日期不能早于其中任何一个单位的设立日期。 | No unit of it may have been founded after that day.
    succession.stale | 此变更已被他人改动，请重新打开查看。 | Somebody changed it meanwhile: open it again.
    succession.not-open | 此变更已办结或已撤回。 | It is over.
    succession.elsewhere | 其中有单位已在另一次未办结的变更中（{id}）。 | One of these units is in another open change ({id}).
    succession.choice-invalid | 请选择本次变更的一个承接单位。 | Choose one of the successors.
    succession.blocked | 有 {count} 项尚不能变更，请先解决。 | {count} things stand against it.
    succession.confirmer-gone | 确认人已不在岗或不再有此权限，请撤回后重新办理。 | Whoever confirmed it no longer has the right: withdraw it and plan it again.
    succession.fault.unassigned | “{title}”尚未指定承接单位 | nobody is assigned to "{title}"
    succession.fault.under-way | “{title}”正在供数或发布，须等它结束 | "{title}" is under way and has to end first
    succession.fault.running-twice | “{title}”：{unit}和{other}各有一份同一条目、同一文件的存量共享，承接单位只能有一份。请先在存量共享清单中移出其中一份 | "{title}": {unit} and {other} each have this running exchange of the same entry and document; the successor can have only one. Remove one of them from the list of running exchanges first
    succession.fault.emergency-twice | “{title}”：{unit}和{other}各有一件同一条目的紧急共享未办结，承接单位只能有一件。请先补齐手续办结，或撤回其中一件 | "{title}": {unit} and {other} each have an open emergency request for the same entry; the successor can have only one. Finish the paperwork of one of them or withdraw it first
    succession.fault.grant-twice | “{title}”：{unit}和{other}各有一份同一条目的紧急授权未确认，承接单位只能有一份。请先确认或终止其中一份 | "{title}": {unit} and {other} each have an unconfirmed emergency grant on the same entry; the successor can have only one. Confirm or end one of them first
    succession.fault.supervision-twice | “{title}”：{unit}和{other}就同一件事项各有一件督办未办结，承接单位只能有一件。请先办结或撤销其中一件 | "{title}": {unit} and {other} are each supervised about the same case; the successor can be only once. Close or withdraw one of the two first
    succession.fault.chain-twice | “{title}”：{unit}和{other}各自设定了不同的审批流。请先取消其中一个，或由承接单位自行设定 | "{title}": {unit} and {other} have set different chains. Take one of them away, or let the successor set its own, first
    succession.fault.parted | “{title}”：定时供数须与其入库目标归同一单位 | "{title}": a delivery and its target have to go to one unit
    succession.fault.too-many | “{title}”：数量超过上限 | "{title}": there are too many
    succession.item.entry | 目录条目 | entry
    succession.item.hook | 挂接 | hook
    succession.item.schedule | 定时更新 | schedule
    succession.item.folder-watch | 监视文件夹 | watched folder
    succession.item.drop-table | 投递表 | drop table
    succession.item.filing-duty | 报送约定 | filing duty
    succession.item.grant-given | 授权（提供方） | grant given
    succession.item.running-given | 存量共享（提供方） | running exchange given
    succession.item.case-to-decide | 在办件（提供方） | case to decide
    succession.item.case | 在办件 | open case
    succession.item.grant-received | 授权（接收方） | grant received
    succession.item.running-received | 存量共享（接收方） | running exchange received
    succession.item.delivery | 定时供数 | delivery
    succession.item.certificate | 待交的销毁证明 | owed certificate
    succession.item.push-target | 入库目标 | push target
    succession.item.name-list | 未比对的名单 | draft name list
    succession.item.post | 岗位 | post
    succession.item.administration | 以该单位为管理范围的岗位 | post that administers the unit
    succession.item.key | 访问令牌 | key of a program
    succession.item.session | 登录会话 | session
    succession.item.approval-chain | 审批流 | approval chain
    succession.item.signature | 其他单位审批流中的会签 | signature in another unit’s chain
    succession.item.letter-series | 发文字号 | letter series
    succession.item.letter-template | 公文模板 | letter template
    succession.item.letter | 未用印的公文 | unsealed letter
    succession.item.channel | 提醒渠道 | channel of reminders
    succession.item.unit-below | 下级单位 | unit below
    succession.item.membership | 所属单位组 | membership of a group
    succession.item.under-way | 正在进行 | under way
    exchange.notice.recipient-succeeded | 接收方已由“{from}”变更为“{to}”，授权继续有效；不同意的可以中止或撤销。 | The recipient changed from {from} to {to}; the grant goes on. You may suspend or revoke it.
    exchange.notice.recipient-succeeded-held | 接收方已由“{from}”变更为“{to}”。授权含不得转授的承诺，已中止，请决定恢复或撤销。 | The recipient changed from {from} to {to}. The grant promises no redistribution, so it is suspended until you resume or revoke it.
    sharing-request.act.succeeded | 单位变更 | Unit changed
    """)
