package import Kernel

package let exchangeWords = Words(
    """
    exchange.request-not-found | 未找到该申请，或您无权查看 | There is no such request, or you may not see it
    exchange.entry-not-found | 未找到该目录条目，或尚未发布 | There is no such entry, or it is not published
    exchange.entry-is-open | 该数据已无条件开放，无需申请 | These data are open to everyone; there is nothing to ask for
    exchange.entry-is-open-remedy | 请在开放目录中直接获取 | Get them from the open catalogue
    exchange.own-entry | 该数据由本单位提供，无需向本单位申请 | Your own unit provides these data
    exchange.no-unit | 请先以所在单位的岗位身份登录 | Sign in under a post of a unit first
    exchange.fields-invalid | 申请表填写有误，请逐项更正 | The form is not complete; correct the fields below
    exchange.field-required | 必填 | Required
    exchange.field-unknown | 申请表没有这一栏 | The form has no such field
    exchange.field-malformed | 格式不正确 | Not of the right form
    exchange.field-too-long | 内容过长，最多 {charactersMax} 字 | Too long: at most {charactersMax} characters
    exchange.letters | 公文 | Letters
    exchange.columns-none | 请至少选择一个信息项 | Choose at least one item
    exchange.columns-too-many | 信息项最多选择 {columnsMax} 个 | At most {columnsMax} items
    exchange.column-unknown | 该条目没有信息项“{column}” | The entry has no item “{column}”
    exchange.column-twice | 信息项“{column}”重复 | Item “{column}” appears twice
    exchange.deliveries-none | 请至少选择一种供数方式 | Choose at least one way of delivery
    exchange.commitment-missing | 须作出安全承诺方可提交 | The security commitment is required
    exchange.period-ends-early | 截止日期不得早于起始日期 | The last day is before the first
    exchange.period-over | 截止日期已过 | The last day is past
    exchange.period-too-long | 使用期限最长 {daysMax} 天 | The period may be at most {daysMax} days
    exchange.number-out-of-range | 须为 1 至 {max} 之间的整数 | Must be a whole number from 1 to {max}
    exchange.offer-unchanged | 所提条款与申请内容一致 | The clauses are exactly what was asked for
    exchange.offer-unchanged-remedy | 如同意按申请提供，请选择“同意” | To grant what was asked, choose “Agree”
    exchange.offer-missing | 目前没有待答复的调整意见 | There is no counter-offer to answer
    exchange.entry-moved | 该目录条目的提供方或共享类型已变更 | The entry has changed its provider or its share type
    exchange.nothing-to-try | 该条目目前没有可供统计的数据版本 | The entry has no version to count over
    exchange.live-not-tried | 该条目只供实时调用，平台没有数据可供统计 | The entry is call-only: there are no rows here to count over
    exchange.live-not-tried-remedy | 条款仍在签署时和每次调用时逐条执行 | Its clauses hold all the same, when they are signed and in every call
    exchange.nothing-to-try-remedy | 请提供单位先发布数据，再试运行 | The provider publishes its data first
    exchange.trial-not-yours | 只有可提出调整意见或作出协调决定的人员才能试运行其他条款 | Other terms may be tried only by whoever could offer or rule them now
    exchange.entry-moved-remedy | 请刷新页面，核对后再办理 | Reload the page and look at the entry before you act

    casework.condition.entry-unconditional | 该条目不属于无条件共享 | The entry is not shared unconditionally
    casework.condition.entry-conditional | 该条目不属于有条件共享 | The entry is not shared conditionally
    casework.condition.entry-not-shared | 该条目不属于不予共享 | The entry is not excluded from sharing
    casework.condition.provider-overdue | 提供方的答复时限尚未届满 | The provider still has time to answer
    casework.condition.reported-to-leader | 尚未督办至“报请领导协调”，不能提级办理 | Supervision has not yet reached the leader
    casework.condition.objection-expired | 异议期尚未届满 | The time to object has not run out

    sharing-request.name | 数据共享申请 | Sharing request
    sharing-request.state.draft | 草稿 | Draft
    sharing-request.state.sign-off | 单位签核 | Unit's sign-off
    sharing-request.state.check | 完整性审核 | Completeness check
    sharing-request.state.supplement | 待补正 | To be completed
    sharing-request.state.decision | 提供方审核 | With the provider
    sharing-request.state.offer | 调整意见待答复 | Counter-offer
    sharing-request.state.refused | 提供方不同意 | Refused by the provider
    sharing-request.state.coordination | 协调中 | In coordination
    sharing-request.state.granted | 已授权，待供数 | Granted, awaiting delivery
    sharing-request.state.delivered | 已供数 | Delivered
    sharing-request.state.not-shared | 依法不予共享 | Not shared, by law
    sharing-request.state.closed | 已办结（未授权） | Closed without a grant
    sharing-request.state.declined | 申请方不接受 | Counter-offer declined
    sharing-request.state.returned | 已退回 | Returned
    sharing-request.state.withdrawn | 已撤回 | Withdrawn

    sharing-request.act.open | 起草申请 | Draft
    sharing-request.act.pass-over | 无人可签，转下一签署人 | Nobody could sign: moved on
    sharing-request.act.save | 保存 | Save
    sharing-request.act.submit | 提交签核 | Submit for sign-off
    sharing-request.act.sign-off | 签核同意 | Sign off
    sharing-request.act.return-sign-off | 退回审批流前步 | Return to an earlier signature
    sharing-request.act.return-decision | 退回审批流前步 | Return to an earlier signature
    sharing-request.act.send-back | 退回修改 | Send back to the drafter
    sharing-request.act.grant-unconditional | 受理并授权（无条件共享） | Accept and grant (unconditional)
    sharing-request.act.accept | 受理并转提供方 | Accept and pass to the provider
    sharing-request.act.refuse-not-shared | 依法不予共享 | Refuse: not shared by law
    sharing-request.act.ask-supplement | 一次性告知补正 | Ask once for completion
    sharing-request.act.resubmit | 补正后重新提交 | Resubmit, completed
    sharing-request.act.give-back | 退回申请 | Return the request
    sharing-request.act.agree | 同意 | Agree
    sharing-request.act.counter | 提出调整意见 | Make a counter-offer
    sharing-request.act.refuse | 不同意 | Refuse
    sharing-request.act.extend | 延长答复时限 | Extend the time to answer
    sharing-request.act.accept-offer | 接受调整意见 | Accept the counter-offer
    sharing-request.act.decline-offer | 不接受调整意见 | Decline the counter-offer
    sharing-request.act.dispute | 提请协调 | Ask for coordination
    sharing-request.act.dispute-silence | 逾期未复，提请协调 | No answer in time: ask for coordination
    sharing-request.act.concede | 接受结果 | Accept the refusal
    sharing-request.act.take-up | 提级协调 | Take up for coordination
    sharing-request.act.rule-grant | 协调决定：予以共享 | Ruling: share
    sharing-request.act.rule-refusal | 协调决定：不予共享 | Ruling: do not share
    sharing-request.act.withdraw | 撤回申请 | Withdraw
    sharing-request.act.close | 异议期满办结 | Closed: no objection in time
    sharing-request.act.deliver | 供数 | Delivered

    exchange.told.grant-unconditional | “{title}”已按无条件共享授权 | “{title}” was granted, being shared unconditionally
    exchange.told.agree | “{title}”的共享申请已获同意 | The request for “{title}” was agreed
    exchange.told.accept-offer | 申请方已接受“{title}”的调整意见，授权已生效 | The counter-offer for “{title}” was accepted; the grant is in force
    exchange.told.rule-grant | 经协调，“{title}”予以共享 | After coordination, “{title}” is to be shared
    exchange.told.refuse-not-shared | “{title}”依法不予共享 | “{title}” is not shared, by law
    exchange.told.give-back | “{title}”的共享申请已退回 | The request for “{title}” was returned
    exchange.told.refuse | 提供方不同意共享“{title}” | The provider refuses to share “{title}”
    exchange.told.rule-refusal | 经协调，“{title}”不予共享 | After coordination, “{title}” is not to be shared
    exchange.told.withdraw | “{title}”的共享申请已撤回 | The request for “{title}” was withdrawn
    exchange.told.decline-offer | 申请方不接受“{title}”的调整意见 | The counter-offer for “{title}” was declined
    exchange.told.dispute | 申请方已就“{title}”提请协调 | The applicant asks for coordination on “{title}”
    exchange.told.dispute-silence | 申请方因逾期未复，就“{title}”提请协调 | The applicant asks for coordination on “{title}”: no answer in time
    exchange.told.take-up | 主管部门已对“{title}”提级协调 | The bureau has taken up “{title}” for coordination

    exchange.inbox | 待办 | Inbox
    exchange.trays | 待办分类 | Trays
    exchange.overdue-count | 逾期 {count} | {count} overdue
    exchange.inbox-empty | 这里没有待办事项。 | Nothing waits here.
    exchange.find-data | 查找数据 | Find data
    exchange.column.case | 办件 | Case
    exchange.column.asks | 提出方 | From
    exchange.column.asked | 承办方 | To
    exchange.column.applicant | 申请方 | Applicant
    exchange.column.provider | 提供方 | Provider
    exchange.column.state | 状态 | State
    exchange.column.due | 截止日期 | Due
    exchange.column.changed | 最近变动 | Last change
    exchange.provisional | 暂定（节假日安排未公布） | provisional: the year's holidays are not published
    exchange.form-title | 申请共享：{entry} | Request: {entry}
    exchange.catalogue | 数据目录 | Data catalogue
    exchange.entry | 目录条目 | Entry
    exchange.condition-is | 提供方的共享条件：{condition} | The provider's condition: {condition}
    exchange.columns | 信息项 | Columns
    exchange.rows | 数据条件 | Row condition
    exchange.rows-hint | 留空表示全部行。例如：状态 = '在保' AND year(起始日期) >= 2020 | Empty means all rows. For example: status = 'active' AND year(start) >= 2020
    exchange.purpose | 使用目的 | Purpose
    exchange.legal-basis | 申请依据 | Legal basis
    exchange.business-item | 业务事项 | Business item
    exchange.deliveries | 交付方式 | Delivery
    exchange.case-number | 名单比对须逐行填写业务编号 | Every row of a name list must carry a case number
    exchange.case-number-hint | 只能用于仅以名单比对供数的申请 | For requests that are delivered as name lists alone
    exchange.delivery.csv | CSV 文件 | CSV file
    exchange.delivery.excel | Excel 文件 | Excel file
    exchange.delivery.parquet | Parquet 文件 | Parquet file
    exchange.delivery.lookup | 按键查询 | Look-up by key
    exchange.delivery.verify | 核验（只答一致或不一致） | Verify (yes or no only)
    exchange.delivery-not-live | 该条目只供实时调用，不能以“{delivery@policy.delivery-}”方式供数。 | This entry is call-only: {delivery@policy.delivery-} cannot be served from a live source.
    exchange.verify-alone | 核验不能与其他交付方式同时申请。 | Verifying cannot be asked for beside another delivery.
    exchange.delivery.pages | 分页读取 | Pages
    exchange.delivery.push | 库表推送 | Table push
    exchange.delivery.name-list | 名单比对 | Name list
    exchange.expected-rows | 预计总用量 | Rows in all
    exchange.daily-rows | 每日用量上限 | Rows a day at most
    exchange.unit-rows | 行 | rows
    exchange.unit-days | 天 | days
    exchange.from | 起始日 | From
    exchange.to | 截止日 | To
    exchange.retention | 留存期限 | Retention
    exchange.contact | 联系岗位 | Contact post
    exchange.commitment | 承诺不向第三方提供，并按要求保护数据 | We undertake not to pass the data on and to protect them as required
    exchange.save | 保存草稿 | Save the draft
    exchange.draft-saved | 已保存。 | Saved.
    exchange.act-done | 已办理：{act}。 | Done: {act}.
    exchange.request-title | 共享申请：{entry} | Sharing request: {entry}
    exchange.to-grant | 查看授权 | To the grant
    exchange.asked | 申请内容 | What is asked
    exchange.grant-would | 授权将如何执行 | What the grant would do
    exchange.offer-would | 调整后的授权将如何执行 | What the offered grant would do
    exchange.would-be-refused | 按申请内容，系统不能签署授权： | As asked, the grant could not be signed:
    exchange.tried-would | 修改后的授权将如何执行（尚未提出） | What the changed grant would do (not offered yet)
    exchange.trial | 试运行 | Dry run
    exchange.trial-run | 试运行 | Count it
    exchange.trial-changed | 试运行修改后的条款 | Count the changed terms
    exchange.trial-note | 试运行只统计数量，不显示任何数据行；谁在何时试运行均记入存证。 | A dry run counts and shows no row; who ran it, and when, goes into the evidence.
    exchange.trial-summary | 第 {version} 版数据共 {rows} 行：供出 {leaving} 行，不供出 {withheld} 行。 | Of the {rows} rows of version {version}, {leaving} would leave and {withheld} would not.
    exchange.trial-over-quota | 供出行数超过申请的总量额度（{quota} 行），一次供数将被拒绝。 | More rows would leave than the total quota of {quota} allows; one release of all would be refused.
    exchange.trial-chart | 符合条件的行 | Rows that meet the conditions
    exchange.trial-all | 全部条件 | All conditions
    exchange.trial-leaving | 供出 | Leave
    exchange.trial-withheld | 不供出 | Do not leave
    exchange.trial-columns | 各信息项 | Column by column
    exchange.trial-column | 信息项 | Column
    exchange.trial-treatment | 处理 | Treatment
    exchange.trial-values | 有值 | Values
    exchange.trial-changed-values | 其中被处理 | Of these changed
    exchange.trial-empty | 空值 | Empty
    exchange.trial-none | 没有信息项 | No column
    exchange.sql | 将执行的语句 | What would run
    exchange.what-now | 可办理的事项 | What can be done now
    exchange.comment | 意见 | Comment
    exchange.supplement-fields | 需要补正的内容 | What is to be completed
    exchange.extend-days | 延长的工作日 | Working days more
    exchange.mask-of | “{column}”的处理 | Treatment of "{column}"
    exchange.mask.none | 原样提供 | As it is
    exchange.mask.keep-6-4 | 保留前 6 位和后 4 位 | Keep the first 6 and last 4
    exchange.mask.keep-3-4 | 保留前 3 位和后 4 位 | Keep the first 3 and last 4
    exchange.mask.surname | 仅保留姓氏 | Surname only
    exchange.mask.year-only | 仅保留年份 | Year only
    exchange.mask.year-month | 仅保留年月 | Year and month only
    exchange.mask.truncate | 截断，只留前若干字符 | First characters only
    exchange.mask.constant | 一律替换为固定文字 | One text for all
    exchange.mask.band | 只给所在区间 | Range only
    exchange.mask.step | 取整到倍数 | Whole multiples only
    exchange.mask.top-code | 高于上限的归为上限 | Top code
    exchange.mask.bottom-code | 低于下限的归为下限 | Bottom code
    exchange.mask.top-bottom-code | 限定在下限与上限之间 | Top and bottom code
    exchange.mask.county | 地址只给所属县区 | County of the address only
    exchange.mask.decimals | 只留若干位小数 | Fewer decimals
    exchange.measure-of | “{column}”处理的参数 | Measure for "{column}"
    exchange.measure-hint | 截断：字符数；固定文字：该文字；区间：宽度；取整：倍数；上限、下限：该数，两者之间用逗号；小数：位数；县区：名称，留空表示本市各县区。 | Characters to keep, the text, the width of the range, the multiple, the bound (both with a comma between), or the decimals to keep; for counties their names, or nothing for all of this city.
    exchange.measure-wrong | 处理方式的参数有误。 | The measure of a treatment is wrong.
    exchange.measure-number | 请填写整数。 | Enter a whole number.
    exchange.measure-limit | 应在 {limit} 之间。 | It must be within {limit}.
    exchange.limits-wrong | 其他限制填写有误。 | The further limits are wrong.
    exchange.networks-wrong | 请填写网段，如 10.20.0.0/16，多个用逗号分隔。 | Write networks as 10.20.0.0/16, with commas between them.
    exchange.open-days-needed | 请选择供数日。 | Choose the days.
    exchange.open-time-wrong | 请填写时间，如 08:30。 | Write a time as 08:30.
    exchange.coordinates-needed | 请选择字段。 | Choose the column.
    exchange.values-wrong | 每行一个字段，写作“字段：值、值”。 | One column a line, as “column: value, value”.
    exchange.offer.limits | 其他限制 | Further limits
    exchange.offer.limits-none | 不另设 | None
    exchange.offer.limits-set | 另设限制 | Set further limits
    exchange.offer.callsPerMinute | 每分钟调用上限 | Calls a minute
    exchange.offer.callsPerDay | 每日调用上限 | Calls a day
    exchange.offer.rowsPerMinute | 每分钟行数上限 | Rows a minute
    exchange.offer.unit-times | 次 | calls
    exchange.offer.networks | 限定访问网络 | Recipient's networks
    exchange.offer.networks-hint | 例如 10.20.0.0/16，多个用逗号分隔。下载文件同样受限。 | For example 10.20.0.0/16, with commas between several. Downloads of files are held to it too.
    exchange.offer.open-days | 供数日 | Days
    exchange.offer.days.none | 不限 | Any
    exchange.offer.days.every-day | 每日 | Every day
    exchange.offer.days.working-days | 工作日（以工作日历为准） | Working days, by the calendar
    exchange.offer.days.12345 | 周一至周五 | Monday to Friday
    exchange.offer.days.67 | 周六、周日 | Saturday and Sunday
    exchange.offer.open-from | 开始时间 | From
    exchange.offer.open-to | 结束时间 | To
    exchange.joint-test | 联调测试 | Joint test
    exchange.to-joint-test | 查看联调测试 | To the joint test
    exchange.offer.joint-test | 联调测试通过后方可供数 | Nothing leaves before a joint test
    exchange.offer.joint-test-hint | 先用合成数据联调，双方确认通过（或使用方放弃）之后才供出真实数据。 | Made-up rows first; real ones once both sides say that it passed, or the recipient waives it.
    exchange.offer.minimumRows | 文件最少行数 | Least rows of a file
    exchange.offer.minimum-rows-hint | 行数不足的文件不予供出；不能与逐行给出的供数方式并用。 | A smaller file is not given. It cannot be held for deliveries that give single rows.
    exchange.offer.as-of | 数据时点 | As of
    exchange.offer.as-of-hint | 只供出该日及以前发布的最近一版数据。 | The newest version published by that day, and none later.
    exchange.offer.longitude | 经度字段 | Column of longitudes
    exchange.offer.latitude | 纬度字段 | Column of latitudes
    exchange.offer.coordinates-none | 无 | None
    exchange.offer.coordinatePlaces | 坐标保留小数位数 | Decimals of coordinates
    exchange.offer.values | 限定取值 | Listed values
    exchange.offer.values-hint | 每行一个字段，例如：区县：源城区、东源县 | One column a line, for example: county: Yuancheng, Dongyuan
    exchange.offer.verify-only | 只核验，不供出任何值 | Verify only: no value leaves
    exchange.offer.tries | 同一键值每日核验次数 | Verify calls a day for one key
    exchange.offer.tries-hint | 仅用于核验；不填为 5 次。 | For verifying only; 5 when left empty.
    exchange.templates | 条款模板 | Templates
    exchange.templates-why | 数据主管部门按共享类型和用途推荐的条款。审批时可以套用，也可以逐条修改。 | What the bureau recommends by kind of sharing and purpose. A decision can begin with one and change any of it.
    exchange.templates-empty | 还没有条款模板。 | There is no template yet.
    exchange.template-new | 新建模板 | A new template
    exchange.template-title | 修订模板：{name} | Revise: {name}
    exchange.template-why | 修订自生效日起取代原模板，原模板保留备查；已签署的授权不受影响。 | A revision takes the old one's place from its first day; the old one is kept, and grants that are signed stay as they are.
    exchange.template-name | 名称 | Name
    exchange.template-sharing | 共享类型 | Kind of sharing
    exchange.template-purpose | 适用用途 | Purpose
    exchange.template-purpose-hint | 使用目的中含有此词时推荐；留空表示不限。 | Offered when the purpose has this word in it; empty means any.
    exchange.template-basis | 依据 | Basis
    exchange.template-from | 生效日 | First day
    exchange.template-state | 状态 | State
    exchange.template-in-force | 有效 | in force
    exchange.template-to-come | 未生效 | to come
    exchange.template-over | 已停用 | ended
    exchange.template-masks | 字段处理 | Treatments
    exchange.template-masks-hint | 每行一类字段，写作“字段名中的词：处理 参数”，如“身份证号：keep-6-4”“年龄：band 10”。处理方式：{masks} | One kind of column a line: a word of its name, a colon, the treatment and its measure, such as “age: band 10”. Treatments: {masks}
    exchange.template-masks-wrong | 有一行不是“词：处理 参数”，或处理方式不存在，或超过 50 行。 | A line is not “word: treatment measure”, names no treatment, or there are more than 50.
    exchange.template-empty | 请至少填写一项条款。 | Give at least one term.
    exchange.template-save | 保存模板 | Save the template
    exchange.template-saved | 模板已保存。 | The template is saved.
    exchange.template-end | 停用模板 | End the template
    exchange.template-end-note | 自今日起不再推荐；内容保留备查，已签署的授权不受影响。 | Not offered from today on. It is kept, and grants that are signed stay as they are.
    exchange.template-end-done | 模板已停用。 | The template has ended.
    exchange.template-not-found | 没有这个条款模板。 | There is no such template.
    exchange.template-ended | 该模板已停用，或修订的生效日不晚于原生效日。 | That template has ended already, or its revision would begin no later than it did.
    exchange.template-ended-remedy | 请选择更晚的生效日，或新建模板。 | Choose a later first day, or make a new template.
    exchange.template-choose | 套用模板 | Begin with a template
    exchange.template-fill | 套用 | Fill in
    exchange.mask.pseudonym | 替换为假名 | Pseudonym
    exchange.mask.leave-out | 不提供 | Leave out
    exchange.clock.check | 完整性审核时限 | Completeness check
    exchange.clock.answer | 答复时限 | Time to answer
    exchange.clock.supplement | 补正时限 | Time to complete
    exchange.clock.offer | 调整意见答复时限 | Time to answer the offer
    exchange.clock.objection | 异议期 | Time to object
    exchange.clock.coordination | 协调时限 | Time to coordinate
    exchange.clock.delivery | 供数时限 | Time to deliver
    exchange.clock-arithmetic | 时限计算过程 | How it was reckoned
    exchange.clock-nature | 说明 | Why
    exchange.clock-so-far | 累计 | So far
    exchange.clock-none | 尚未开始计算。 | Nothing is reckoned yet.
    exchange.history | 办理过程 | Course
    exchange.basis | 依据 | Basis
    exchange.clocks | 办理时限 | Deadlines
    exchange.clocks-ended | 已结束的时限 | Deadlines that have ended
    exchange.clock-counts-following | 自 {from} 次日起计算，共 {allowed} 个工作日，已计 {counted} 个，剩余 {left} 个，应于 {due} 前办结。 | Counted from the day after {from}: {counted} of {allowed} working days have passed, {left} are left; due on {due}.
    exchange.clock-counts-same | 自 {from} 当日起计算，共 {allowed} 个工作日，已计 {counted} 个，剩余 {left} 个，应于 {due} 前办结。 | Counted from {from} itself: {counted} of {allowed} working days have passed, {left} are left; due on {due}.
    exchange.clock-late-following | 自 {from} 次日起计算，共 {allowed} 个工作日，应于 {due} 前办结，已超期 {late} 个工作日。 | Counted from the day after {from}, {allowed} working days; due on {due}, {late} working days late.
    exchange.clock-late-same | 自 {from} 当日起计算，共 {allowed} 个工作日，应于 {due} 前办结，已超期 {late} 个工作日。 | Counted from {from} itself, {allowed} working days; due on {due}, {late} working days late.
    exchange.clock-waits | 自 {from} 起计算，共 {allowed} 个工作日，已计 {counted} 个；现已暂停，恢复后继续计算，截止日期届时确定。 | Counted from {from}: {counted} of {allowed} working days have passed. It is paused, and the due date is known once it goes on.
    exchange.clock-paused | {from} 至 {to} 暂停（等待补正），不计入时限。 | Paused from {from} to {to} (completion), not counted.
    exchange.clock-paused-since | 自 {from} 起暂停（等待补正），不计入时限。 | Paused since {from} (completion), not counted.
    exchange.clock-extended | {on} 延长 {days} 个工作日，理由：{reason} | Extended on {on} by {days} working days: {reason}
    exchange.clock-first-day | 自 | From
    exchange.clock-last-day | 至 | To
    exchange.clock-added | 计入 | Counted
    exchange.unit-working-days | 个工作日 | working days
    exchange.dossier | 卷宗 | Dossier
    exchange.dossier-of | 卷宗：{title} | Dossier: {title}
    exchange.dossier-note | 本页可直接打印归档。“下载含证明的卷宗”得到一个文件，凭本节点公钥即可离线核验每一步：headwaters verify 文件 --trust 公钥。 | Print this page for the archive. The file with proofs can be checked offline, act by act, with this node's public key: headwaters verify FILE --trust KEY.
    exchange.dossier-download | 下载含证明的卷宗 | Download with proofs
    exchange.dossier-number | 办件编号 | Case
    exchange.dossier-grant | 形成的授权 | Grant
    exchange.dossier-made | 生成时间 | Made
    exchange.dossier-contents | 目录 | Contents
    exchange.dossier-acts | {count} 步 | {count} acts
    exchange.dossier-records | {count} 条 | {count} records
    exchange.dossier.asked | 申请内容 | What was asked
    exchange.dossier.granted | 授权条件 | Terms
    exchange.dossier.history | 办理过程 | What was done
    exchange.dossier.clocks | 期限计算 | Deadlines
    exchange.dossier.papers | 纸质审批扫描件 | Scans of signatures on paper
    exchange.dossier-scans | {count} 份 | {count} scans
    exchange.dossier.records | 存证 | Evidence
    exchange.dossier-index | 序号 | Index
    exchange.dossier-type | 事项 | Act
    exchange.dossier-at | 时间 | When
    exchange.dossier-digest | 摘要 | Digest
    exchange.dossier-nothing | 无。 | None.
    exchange.dossier-none | 没有存证。 | There is no record.
    exchange.by-deputy | （代行） |  (standing in)
    exchange.holder | {party}（{role}） | {party} ({role})
    exchange.turn | 现由{who}办理：{state}。 | Now with {who}: {state}.
    exchange.turn-due | 现由{who}办理：{state}。应于 {due} 前办结，剩余 {days} 个工作日。 | Now with {who}: {state}. Due on {due}, {days} working days left.
    exchange.turn-overdue | 现由{who}办理：{state}。应于 {due} 前办结，已超期 {days} 个工作日。 | Now with {who}: {state}. It was due on {due} and is {days} working days late.
    exchange.turn-platform | {state}。申请方取数后自动办结。 | {state}. It ends by itself when the first data have been fetched.
    exchange.step-done | 已办 | done
    exchange.step-now | 在办 | now
    exchange.step-next | 待办 | to come
    exchange.step-end | 办结 | ended
    exchange.step-due | 应于 {due} 前办结。 | Due on {due}.
    exchange.step-of | 审批流第 {number} 步，共 {of} 步 | Signature {number} of {of}
    exchange.step-escalated | 本单位无人可以签核，已上报 | Nobody of the unit can sign; it has moved up
    exchange.edit | 修改申请 | Edit the request
    exchange.complete | 补正申请 | Complete the request
    exchange.lacks | 提交前还需补充以下内容： | Before it can be submitted, this is needed:
    exchange.supplement-asked | 主管部门一次性告知，需补正：{fields}。意见：{comment} | The bureau asks once for completion of: {fields}. Its comment: {comment}
    exchange.promises | 申请方承诺的条款 | Undertaken by the applicant
    exchange.rows-all | 全部行 | All rows
    exchange.committed | 已承诺 | Given
    exchange.not-committed | 未承诺 | Not given
    exchange.refusal-basis | 法律、法规依据（条款） | Legal basis (act and article)
    exchange.any | 不限 | Any
    exchange.notices | 消息 | Notices
    exchange.notices-empty | 没有新消息。 | No news.
    exchange.notice-read | 标为已读 | Mark as read
    exchange.supervision | 督办 | Supervision
    exchange.due-soon-count | 即将到期 {count} | {count} due soon
    exchange.all-cases | 查看全部待办 | The whole inbox
    exchange.consequence.submit | 提交后由本单位其他有权人员签核，再送数据主管部门审核。 | Another authorised person of your unit signs it off; then it goes to the bureau.
    exchange.consequence.grant-unconditional | 该数据无条件共享：受理即签署授权，并告知提供方。 | These data are shared unconditionally: accepting signs the grant at once, and the provider is told.
    exchange.consequence.refuse-not-shared | 该数据依法不予共享：以条目所列依据答复申请方，办件办结。 | These data are not shared by law: the applicant is answered with the basis stated in the entry, and the case ends.
    exchange.consequence.ask-supplement | 一个办件只能告知一次；补正期间暂停计时。 | This can be asked once in a case; the clock is paused meanwhile.
    exchange.consequence.give-back | 退回后办件办结，申请方需重新申请。 | The case ends; the applicant must ask anew.
    exchange.consequence.agree | 同意后立即按上述条款签署授权。 | The grant is signed at once, as shown above.
    exchange.consequence.counter | 申请方接受后，按调整后的条款签署授权。 | If the applicant accepts, the grant is signed under these clauses.
    exchange.consequence.refuse | 须注明法律、法规依据；申请方可在异议期内提请协调。 | A legal basis is required; the applicant may ask for coordination while the time to object runs.
    exchange.consequence.extend | 一个办件只能延长一次，须在期满前提出并说明理由。 | Once in a case, before the time runs out, with a reason.
    exchange.consequence.accept-offer | 接受后立即按调整后的条款签署授权。 | The grant is signed at once under the offered clauses.
    exchange.consequence.decline-offer | 不接受则办件办结，不形成授权。 | The case ends without a grant.
    exchange.consequence.dispute | 由数据主管部门组织协调并作出决定。 | The bureau coordinates and decides.
    exchange.consequence.dispute-silence | 提供方逾期未答复，由数据主管部门组织协调并作出决定。 | The provider has not answered in time; the bureau coordinates and decides.
    exchange.consequence.concede | 接受后办件办结，不形成授权。 | The case ends without a grant.
    exchange.consequence.rule-grant | 协调决定作出后立即按所列条款签署授权。 | The grant is signed at once under these clauses.
    exchange.consequence.rule-refusal | 须注明法律、法规依据；办件办结，不形成授权。 | A legal basis is required; the case ends without a grant.
    exchange.consequence.withdraw | 撤回后办件办结，不能恢复；如仍需要数据，须重新申请。 | The case ends and cannot be taken up again; to get the data, ask anew.
    exchange.field.columns | 信息项 | Columns
    exchange.field.rows | 数据条件 | Row condition
    exchange.field.purpose | 使用目的 | Purpose
    exchange.field.legalBasis | 申请依据 | Legal basis
    exchange.field.businessItem | 业务事项 | Business item
    exchange.field.deliveries | 交付方式 | Delivery
    exchange.field.expectedRows | 预计用量 | Expected rows
    exchange.field.dailyRows | 每日用量 | Rows a day
    exchange.field.from | 使用起始日 | From
    exchange.field.to | 使用截止日 | To
    exchange.field.retentionDays | 留存期限 | Retention
    exchange.field.isCommitted | 安全承诺 | Commitment
    exchange.field.contactPost | 联系岗位 | Contact post


    exchange.body-malformed | 请求体中的“{member}”缺失、类型不符或不被识别。 | “{member}” in the body is missing, of the wrong type, or not known.
    exchange.api.ok | 成功 | done
    """)
