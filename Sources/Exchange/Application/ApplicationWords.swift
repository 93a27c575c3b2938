package import Kernel

package let applicationWords = Words(
    """
    application.applications | 一事多项申请 | Applications for several entries
    application.chip | 一事多项 | Several entries
    application.why | 为办一件事需要多个部门的多项数据时，一次填写、一次签核；签核后按条目分办，各自计时，一项不予提供不影响其他各项。 | When one matter needs data of several departments: filled in once, signed off once. Then it is parted into a request for each entry, each with its own clocks; a refusal of one does not hold up the others.
    application.title | 一事多项申请：{title} | Application: {title}
    application.title-hint | 作为本申请的名称，开始后不再更改。例如：低保家庭经济状况核对 | Names the application and stays. For example: checking the means of families on relief
    application.title-if-new | 新建时填写 | For a new one
    application.title-stays | 业务事项是本申请的名称，开始后不再更改 | The business item names the application and stays
    application.new | 新建一事多项申请 | A new application
    application.begin | 开始 | Begin
    application.begun | 已新建，请添加目录条目。 | Begun. Add entries to it.
    application.draft | 放入 | Into
    application.draft-named | {title}（已有 {count} 项） | {title} ({count} in it)
    application.put-in | 加入一事多项申请：{entry} | Into an application: {entry}
    application.add | 加入 | Put it in
    application.added | 已加入。 | Put in.
    application.saved | 已保存。 | Saved.
    application.edit-common | 填写共同部分 | Fill in the shared part
    application.common | 共同部分 | Shared by all entries
    application.common-note | 以下内容适用于本申请的全部条目。 | This holds for all entries of the application.
    application.entries | 申请的条目 | Entries asked for
    application.part-title | 申请内容：{entry} | Asked of: {entry}
    application.part-items | 信息项：{items} | Items: {items}
    application.part-rows | 数据条件：{rows} | Row condition: {rows}
    application.part-ways | 供数方式：{ways} | Delivery: {ways}
    application.edit-part | 填写 | Fill in
    application.up | 上移 | Up
    application.down | 下移 | Down
    application.remove | 移出 | Take out
    application.add-entries | 添加条目 | Add entries
    application.search | 按名称或内容查找目录条目 | Find entries by their words
    application.find | 查找 | Find
    application.found | 查到的条目 | Found
    application.found-none | 没有查到可以申请且尚未加入的条目。 | Nothing found that can be asked for and is not in it.
    application.add-chosen | 加入所选条目 | Put in what is ticked
    application.sharing.unconditional | 无条件共享，受理即授权 | Unconditional: granted when it is accepted
    application.sharing.conditional | 有条件共享，由提供方决定 | Conditional: the provider decides
    application.sharing.not-shared | 不予共享 | Not shared
    application.sharing.open | 无条件开放 | Open
    application.limits | 一份申请最多 {entriesMax} 个条目，信息项合计最多 {itemsMax} 项。所选内容保存在草稿中，本单位同岗位人员都能继续填写。 | At most {entriesMax} entries, with {itemsMax} items in all. What is chosen is kept in the draft, which colleagues can go on with.
    application.entries-too-many | 一份申请最多 {entriesMax} 个条目 | At most {entriesMax} entries an application
    application.items-too-many | 一份申请的信息项合计最多 {itemsMax} 项 | At most {itemsMax} items in all entries together
    application.entries-none | 还没有添加条目 | No entry was added yet
    application.entry-twice | 条目重复 | The entry is in it already
    application.item | {column}（{grade}） | {column} ({grade})
    application.item-not | 不申请 | Not asked for
    application.all-items | 全部信息项原样申请（已另选处理的除外） | All items as they are, except where a treatment is chosen
    application.same | 供数方式和用量同时用于其他各条目 | The same delivery and figures for all other entries
    application.same-hint | 覆盖其他条目已填的供数方式、预计用量和每日用量 | Replaces the deliveries and figures of the other entries
    application.none | 本单位还没有一事多项申请。 | Your unit has no application yet.
    application.requests | 分办情况 | Requests
    application.number | 序号 | No.
    application.column.entry | 目录条目 | Entry
    application.column.provider | 提供方 | Provider
    application.column.state | 状态 | State
    application.column.waits | 等待 | Waits for
    application.column.due | 截止日期 | Due
    application.column.grant | 授权 | Grant
    application.summary | 共 {all} 项：已授权 {granted} 项，有调整意见待答复 {offered} 项，未予提供 {refused} 项，已撤回或放弃 {given-up} 项，办理中 {under-way} 项。 | Of {all}: {granted} granted, {offered} with an offer to answer, {refused} refused, {given-up} withdrawn or declined, {under-way} under way.
    application.ended-summary | 全部办结，共 {all} 项：已授权 {granted} 项，未予提供 {refused} 项，已撤回或放弃 {given-up} 项。 | All of them have ended. Of {all}: {granted} granted, {refused} refused, {given-up} withdrawn or declined.
    application.rest-withdrawn | 已撤回 {withdrawn} 项；{kept} 项已作决定，不能撤回。 | {withdrawn} withdrawn; {kept} were decided already and stay.
    application.consequence.submit | 提交本单位签核，签核一次即覆盖全部条目。 | Your unit signs off once for all entries.
    application.consequence.sign-off | 签核完成后按条目分办，送数据主管部门受理。 | With the last signature it is parted into requests, which go to the bureau.
    application.consequence.withdraw | 本申请办结，不能恢复。 | The application ends, for good.
    application.consequence.withdraw-rest | 撤回其中尚未作出决定的各项；已授权的不受影响。单独撤回一项的，请到该项页面办理。 | Withdraws what is not decided yet; grants stay. To withdraw one, go to its own page.
    application.dossier-entry | {entry}（{provider}） | {entry} ({provider})
    application.standing.open | 未办结 | Under way
    application.standing.over | 已办结 | Ended
    application.none-such | 没有符合条件的申请。 | No application is like that.
    application.told-finish | 一事多项申请“{title}”已全部办结 | All requests of application “{title}” have ended
    application.place | 一事多项申请的第 {position} 项 | No. {position} of an application for several entries
    application.place-link | 查看整份申请 | The whole application

    sharing-application.state.draft | 草稿 | Draft
    sharing-application.state.sign-off | 本单位签核 | Being signed off
    sharing-application.state.running | 分办中 | Under way
    sharing-application.state.ended | 已全部办结 | Ended
    sharing-application.state.withdrawn | 已撤回 | Withdrawn
    sharing-application.act.open | 开始申请 | Began it
    sharing-application.act.pass-over | 无人可签，转下一签署人 | Nobody could sign: moved on
    sharing-application.act.succeeded | 单位变更 | Unit changed
    sharing-application.act.save | 修改 | Change
    sharing-application.act.submit | 提交签核 | Submit for sign-off
    sharing-application.act.sign-off | 签核 | Sign off
    sharing-application.act.send-back | 退回修改 | Send back to the drafter
    sharing-application.act.return-sign-off | 退回审批流前步 | Return to an earlier signature
    sharing-application.act.withdraw | 撤回申请 | Withdraw
    sharing-application.act.withdraw-rest | 撤回其余各项 | Withdraw the rest
    sharing-application.act.finish | 各项全部办结 | All requests ended
    sharing-application.watch-news | 您关注的一事多项申请“{title}”：{state@sharing-application.state.} | Application “{title}”, which you watch: {state@sharing-application.state.}
    exchange.kind.sharing-application | 一事多项申请 | Application for several entries
    exchange.field.treatments | 脱敏处理 | Treatment
    exchange.field.entry | 目录条目 | Entry
    sharing-request.act.enter-signed | 随一事多项申请签核，转送受理 | Signed off with an application, to the bureau
    casework.condition.signed-together | 须随一事多项申请签核 | Only with an application that was signed off
    casework.condition.application-all-ended | 尚有未办结的项 | Some of its requests are under way
    casework.condition.application-some-open | 各项均已办结，没有可撤回的 | Nothing is left to withdraw

    exchange.api.applications | 本单位的一事多项申请 | Applications of the own unit
    exchange.api.application | 一份一事多项申请及各项进展 | One application, and how far its requests are
    exchange.api.application-draft | 起草一事多项申请 | Draft an application for several entries
    exchange.api.application-draft-about | 带 Idempotency-Key 重复调用，得到第一次的草稿。 | The same Idempotency-Key again answers with the first call's draft.
    exchange.api.application-save | 替换草稿内容 | Replace what a draft says
    exchange.api.application-act | 对申请办理一步 | Do one act on an application
    exchange.api.application-act-about | act 为 submit、sign-off、send-back、return-sign-off、withdraw 或 withdraw-rest；revision 为所见版本，已变动的不予办理。 | act is submit, sign-off, send-back, return-sign-off, withdraw or withdraw-rest; revision is what was seen, and an application that has moved is left alone.
    exchange.api.application-made | 已起草 | Drafted
    """)
