package import Kernel

package let evidencePageWords = Words(
    """
    evidence.browser | 存证 | Evidence
    evidence.browser-why | 决定与供数逐条记入存证，由签名检查点封存，可离线核验。 | Every decision and release is a record here, sealed by signed checkpoints that can be verified offline.
    evidence.leaves | 存证记录 | Records
    evidence.checkpoint-size | 已签名检查点覆盖 | Under a signed checkpoint
    evidence.checkpoint-at | 最近检查点 | Newest checkpoint
    evidence.unit-records | 条 | records
    evidence.stale-notice | 检查点长时间没有更新，系统已停止供数。 | No checkpoint has been written for too long: releases are stopped.
    evidence.column.at | 时间 | At
    evidence.column.type | 事项 | What
    evidence.column.actor | 操作者 | Actor
    evidence.column.subjects | 对象 | Subjects
    evidence.column.index | 序号 | Index
    evidence.code | 记录类型 | Type
    evidence.id | 记录编号 | Record
    evidence.waiting | 待入链 | waiting
    evidence.any | 不限 | Any
    evidence.from | 起始日期 | From
    evidence.to | 截止日期 | To
    evidence.subject-kind | 对象类型 | Kind of subject
    evidence.subject-id | 对象编号 | Id of subject
    evidence.none-found | 没有符合条件的存证记录。 | No record matches.
    evidence.leaf-title | 存证记录 | Record of evidence
    evidence.digest | 记录摘要 | Digest
    evidence.payload | 内容 | What it says
    evidence.proof | 包含证明 | Inclusion proof
    evidence.proof-means | 由此可证明该记录在签名检查点之中，未被改动或删除。 | It shows that the record is under a signed checkpoint, neither changed nor removed.
    evidence.proof-show | 显示证明（JSON） | Show the proof (JSON)
    evidence.no-proof-yet | 该记录还没有被检查点覆盖，请稍后查看。 | No checkpoint covers this record yet; look again in a moment.
    evidence.type.release.authorised | 授权供数 | Release authorised
    evidence.type.release.settled | 供数完成 | Release settled
    evidence.type.release.failed | 供数未完成 | Release failed
    evidence.type.release.unknown | 供数结果不明 | Release unknown
    evidence.type.release.refused | 拒绝供数 | Release refused
    evidence.type.name-list.held | 暂停名单比对 | Lists held
    evidence.type.name-list.lifted | 恢复名单比对 | Lists allowed again
    evidence.type.release.asked | 调用源接口 | Source asked
    evidence.type.release.downloaded | 下载文件 | File downloaded
    evidence.type.grant.signed | 签署授权 | Grant signed
    evidence.type.grant.refused | 拒绝签署授权 | Grant refused
    evidence.type.grant.suspended | 暂停授权 | Grant suspended
    evidence.type.grant.resumed | 恢复授权 | Grant resumed
    evidence.type.grant.revoked | 撤销授权 | Grant revoked
    evidence.type.grant.confirmed | 应急授权转为普通授权 | Emergency grant confirmed
    evidence.type.grant.lapsed | 应急授权到时终止 | Emergency grant ended at its hour
    evidence.type.grant.ended-by-provider | 按提供方预告终止授权 | Grant ended as its provider announced
    evidence.type.grant.expired | 授权到期 | Grant expired
    evidence.type.case.acted | 办理办件 | Case acted on
    evidence.type.paper-approval.entered | 补录纸质审批 | Paper approval entered
    evidence.type.paper-approval.compared | 复核补录的纸质审批 | Paper approval compared with its scan
    evidence.type.paper-approval.confirmed | 追认补录的纸质审批 | Paper approval confirmed
    evidence.type.paper-approval.objected | 对补录的纸质审批提出异议 | Paper approval objected to
    evidence.type.paper-approval.lapsed | 补录的纸质审批失效 | Paper approval overtaken
    evidence.type.paper-approval.overdue | 补录的纸质审批逾期未确认 | Paper approval not confirmed in time
    evidence.type.feed.made | 开通日历订阅 | Calendar address made
    evidence.type.feed.withdrawn | 停用日历订阅 | Calendar address withdrawn
    evidence.type.case.deadline-moved | 期限随工作日历变动 | Deadline moved with the calendar
    evidence.type.letter.registered | 登记收文 | Letter registered
    evidence.type.letter.numbered | 公文编号 | Letter numbered
    evidence.type.letter.voided | 文号作废 | Number of a letter voided
    evidence.type.letter.sealed | 公文盖章件绑定 | Sealed copy bound to a letter
    evidence.type.letter.attached | 公文附件 | File attached to a letter
    evidence.type.letter.series-set | 设置机关代字 | Series of letters set
    evidence.type.letter.series-ended | 停用机关代字 | Series of letters ended
    evidence.type.letter.template-set | 设置公文模板 | Template of letters set
    evidence.type.letter.template-ended | 停用公文模板 | Template of letters ended
    evidence.type.calendar.published | 发布年度工作日历 | Working days of a year published
    evidence.type.calendar.closed | 登记停止办公 | Offices closed
    evidence.type.calendar.withdrawn | 撤回工作日历的发布 | Calendar publication withdrawn
    evidence.type.case.supervised | 督办 | Case supervised
    evidence.type.approval-chain.set | 设置审批流 | Approval chain set
    evidence.type.template.set | 设置条款模板 | Template set
    evidence.type.template.ended | 停用条款模板 | Template ended
    evidence.type.entry.drafted | 编制条目 | Entry drafted
    evidence.type.entry.revised | 修改条目 | Entry revised
    evidence.type.entry.submitted | 提交审核 | Entry submitted
    evidence.type.entry.recalled | 撤回提交 | Entry recalled
    evidence.type.entry.discarded | 放弃修改 | Changes discarded
    evidence.type.entry.published | 发布条目 | Entry published
    evidence.type.entry.returned | 退回条目 | Entry returned
    evidence.type.entry.withdrawn | 下架条目 | Entry withdrawn
    evidence.type.hook.defined | 挂接数据源 | Source hooked
    evidence.type.hook.redefined | 变更挂接 | Hook changed
    evidence.type.hook.active | 启用挂接 | Hook resumed
    evidence.type.hook.paused | 暂停挂接 | Hook paused
    evidence.type.hook.live-probed | 试调实时接口 | Live source tried
    evidence.type.hook.breaker-reset | 恢复实时接口调用 | Live source asked again
    evidence.type.hook.retired | 停用挂接 | Hook retired
    evidence.type.upload.received | 上传文件 | File uploaded
    evidence.type.version.published | 发布数据版本 | Version published
    evidence.type.version.refused | 数据版本未通过 | Version refused
    evidence.type.rule.added | 增加质量规则 | Rule added
    evidence.type.rule.revised | 修订质量规则 | Rule revised
    evidence.type.rule.retired | 停用质量规则 | Rule retired
    evidence.type.quality.judged | 质量检查 | Quality judged
    evidence.reveals | 明文查看记录 | Looks at masked values
    evidence.type.quality.row-revealed | 查看明文 | Masked values looked at
    evidence.type.account.linked | 关联身份 | Identity linked
    evidence.type.account.link-completed | 首次登录完成关联 | Link completed at a first sign-in
    evidence.type.account.link-failed | 关联身份未成 | Linking refused
    evidence.type.account.unlinked | 解除身份关联 | Link taken away
    evidence.type.quality.rows-seen | 查看不合格行 | Failing rows seen
    evidence.type.grade.decided | 数据定级 | Grades decided
    evidence.type.account.created | 开设账号 | Account created
    evidence.type.account.disabled | 停用账号 | Account disabled
    evidence.type.account.enabled | 启用账号 | Account enabled
    evidence.type.account.locked | 锁定账号 | Account locked
    evidence.type.account.unlocked | 解锁账号 | Account unlocked
    evidence.type.account.password-changed | 修改密码 | Password changed
    evidence.type.account.signed-in | 登录 | Signed in
    evidence.type.account.sign-in-failed | 登录失败 | Sign-in failed
    evidence.type.account.sessions-ended | 结束会话 | Sessions ended
    evidence.type.account.second-factor-on | 启用动态码 | Second factor on
    evidence.type.account.second-factor-off | 停用动态码 | Second factor off
    evidence.type.account.second-factor-reset | 重置动态码 | Second factor reset
    evidence.type.account.recovery-code-used | 使用恢复码 | Recovery code used
    evidence.type.account.confirmed | 再次确认身份 | Confirmed again
    evidence.type.account.confirmation-failed | 再次确认失败 | Confirmation failed
    evidence.type.account.signed-out | 退出登录 | Signed out
    evidence.type.party.created | 新增单位 | Unit created
    evidence.type.party.renamed | 单位更名 | Unit renamed
    evidence.type.party.placed | 调整隶属 | Unit placed
    evidence.type.party.succeeded | 单位承继 | Unit succeeded
    evidence.type.party.members-set | 设置成员 | Members set
    evidence.type.person.registered | 登记人员 | Person registered
    evidence.type.post.created | 设置岗位 | Post created
    evidence.type.post.filled | 任职 | Post filled
    evidence.type.post.vacated | 离任 | Post vacated
    evidence.type.post.scope-set | 设定管理范围 | Scope of a post set
    evidence.type.unit-list.set | 维护机构名录 | Dated list changed
    evidence.type.post.chosen | 选择岗位 | Post chosen
    evidence.type.token.issued | 签发访问令牌 | Token issued
    evidence.type.token.revoked | 撤销访问令牌 | Token revoked
    evidence.type.filing-duty.set | 约定报送 | Filing agreed
    evidence.type.filing-duty.ended | 取消报送约定 | Filing ended
    evidence.type.filing.received | 收到报送 | Filing received
    evidence.type.filing.nothing | 零报 | Nothing to report
    evidence.type.delivery.set | 设置定时供数 | Delivery scheduled
    evidence.type.delivery.paused | 暂停定时供数 | Delivery paused
    evidence.type.delivery.resumed | 恢复定时供数 | Delivery resumed
    evidence.type.delivery.removed | 取消定时供数 | Delivery removed
    evidence.type.delivery.ended | 定时供数随授权终止 | Delivery ended with its grant
    evidence.type.schedule.set | 设置定时读取 | Schedule set
    evidence.type.schedule.paused | 暂停定时读取 | Schedule paused
    evidence.type.schedule.resumed | 恢复定时读取 | Schedule resumed
    evidence.type.schedule.removed | 取消定时读取 | Schedule removed
    evidence.type.folder-watch.set | 监视接收目录 | Folder watched
    evidence.type.folder-watch.removed | 停止监视接收目录 | Folder watched no more
    evidence.type.drop-table.set | 设置前置库 | Drop table set
    evidence.type.drop-table.removed | 停用前置库 | Drop table removed
    evidence.type.filing.undone | 撤回报送 | Filing undone
    evidence.kind.exchange-batch | 存量共享清单 | List of running exchanges
    evidence.type.grant.replaced | 授权由新授权取代 | Grant replaced by another
    evidence.type.grant.given-up | 使用方交回授权 | Grant given up
    evidence.type.use-report.given | 提交使用情况报告 | Use report given
    evidence.type.destruction.owed | 应提交销毁证明 | Certificate of destruction owed
    evidence.type.destruction.certified | 提交销毁证明 | Certificate of destruction given
    evidence.type.application-list.brought | 导入批量申请清单 | List of applications brought
    evidence.type.application-list.drafted | 按清单起草申请 | List of applications drafted
    evidence.type.application-list.dropped | 放弃批量申请清单 | List of applications dropped
    evidence.type.entry-consent.set | 设定须经上级部门同意 | Consent from above demanded
    evidence.type.entry-consent.ended | 取消须经上级部门同意 | Consent from above no longer demanded
    evidence.type.exchange.brought | 导入存量共享清单 | List of running exchanges brought
    evidence.type.exchange.signed | 签署存量共享 | Running exchange signed
    evidence.type.exchange.completed | 补全存量共享 | Running exchange completed
    evidence.type.exchange.dropped | 移除存量共享 | Running exchange removed
    evidence.type.joint-test.made | 联调测试（合成数据） | Joint test with made-up rows
    evidence.type.joint-test.fault-told | 提出联调问题 | Fault of a joint test told
    evidence.type.joint-test.fault-answered | 答复联调问题 | Fault of a joint test answered
    evidence.type.joint-test.passed | 确认联调通过 | Joint test said to have passed
    evidence.type.joint-test.waived | 放弃联调测试 | Joint test waived
    evidence.type.joint-test.push-begun | 开始库表推送联调 | Test of a table push begun
    evidence.type.joint-test.push-failed | 库表推送联调未成功 | Test of a table push failed
    evidence.type.joint-test.table-dropped | 删除联调测试表 | Table of a joint test removed
    evidence.kind.joint-test | 联调测试 | Joint test
    evidence.kind.joint-test-fault | 联调问题 | Fault of a joint test
    evidence.kind.delivery | 定时供数 | Scheduled delivery
    evidence.kind.filing | 报送 | Filing
    evidence.kind.entry | 目录条目 | Entry
    evidence.kind.hook | 挂接 | Hook
    evidence.kind.version | 数据版本 | Version
    evidence.kind.rule | 质量规则 | Rule
    evidence.kind.quality-run | 质量检查 | Quality run
    evidence.kind.paper-approval | 纸质审批补录 | Paper approval
    evidence.kind.letter | 公文 | Letter
    evidence.kind.letter-series | 发文字号 | Series of letters
    evidence.kind.letter-template | 公文模板 | Template of letters
    evidence.kind.letter-file | 公文文件 | File of a letter
    evidence.kind.calendar | 工作日历 | Working-day calendar
    evidence.kind.case | 办件 | Case
    evidence.kind.grant | 授权 | Grant
    evidence.kind.release | 供数 | Release
    evidence.kind.party | 单位 | Party
    evidence.kind.person | 人员 | Person
    evidence.kind.post | 岗位 | Post
    evidence.kind.account | 账号 | Account
    evidence.kind.session | 会话 | Session
    evidence.kind.template | 条款模板 | Template
    evidence.kind.token | 访问令牌 | Token
    evidence.kind.upload | 上传文件 | Upload
    """)
