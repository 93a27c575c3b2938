import Kernel

let accountWords = Words(
    """
    account.accounts | 账号 | Accounts
    account.accounts-why | 谁可以登录。能办理什么，由其岗位决定。 | Who can come in. What they may do comes from their posts.
    account.one | 账号：{name} | Account: {name}
    account.own | 我的账号 | My account
    account.name | 账号名 | Account name
    account.name-hint | 3 至 64 个字母、数字或 . _ - @ | 3 to 64 letters, digits or . _ - @
    account.name-or-person | 账号名或姓名 | Account or person
    account.person | 姓名 | Person
    account.posts | 岗位 | Posts
    account.post | 岗位 | Post
    account.post-one | 岗位：{title} | Post: {title}
    account.no-post | 未任职 | holds no post
    account.no-posts | 本单位还没有岗位。 | The unit has no post yet.
    account.holds-no-post | 未担任任何岗位，登录后只能看到公开内容。在单位页面选择岗位后任命。 | Holds no post and sees only what is public. Appoint the person on the page of a unit's post.
    account.unit | 单位 | Unit
    account.roles | 角色 | Roles
    account.holder | 现任 | Holder
    account.vacant | 空缺 | vacant
    account.abolished | 已撤销 | abolished
    account.state | 状态 | State
    account.every-state | 全部状态 | Every state
    account.standing.open | 正常 | open
    account.standing.locked | 已锁定 | locked
    account.standing.disabled | 已停用 | closed
    account.locked-until | 锁定至 | Locked until
    account.none | 没有符合条件的账号。 | No account fits.
    account.new | 新建账号 | New account
    account.new-note | 初始密码由系统生成，只显示一次；本人登录后应立即修改。 | The first password is made by the system and shown once; its owner should change it at once.
    account.make | 新建 | Make the account
    account.secret | 新密码 | New password
    account.secret-once | 请立即转交本人，本页关闭后不再显示。 | Hand it to its owner now: it is not shown again.
    account.reset-password | 重置密码 | New password
    account.reset-password-question | 为账号“{name}”生成新密码？ | Make a new password for “{name}”?
    account.reset-password-consequence | 原密码立即失效，该账号的会话全部结束，锁定解除。 | The old password stops working, every session of the account ends, and a lock is lifted.
    account.disable | 停用账号 | Close the account
    account.disable-question | 停用账号“{name}”？ | Close the account “{name}”?
    account.disable-consequence | 会话立即结束，其访问密钥全部撤销且不随重新启用恢复。 | Its sessions end and its keys are revoked at once; opening it again does not bring the keys back.
    account.disabled-done | 账号已停用。 | The account is closed.
    account.enable | 重新启用 | Open again
    account.enabled-done | 账号已启用。 | The account is open again.
    account.unlock | 解除锁定 | Lift the lock
    account.unlocked-done | 锁定已解除。 | The lock is lifted.
    account.end-sessions | 结束全部会话 | End its sessions
    account.end-others | 结束其他会话 | End the other sessions
    account.sessions-ended | 会话已结束。 | The sessions have ended.
    account.not-your-own | 不能停用自己正在使用的账号。 | You cannot close the account you are using.
    account.sessions | 会话 | Sessions
    account.session-began | 登录时间 | Began
    account.session-seen | 最近使用 | Last used
    account.session-ends | 最迟结束 | Ends by
    account.this-session | 当前会话 | this one
    account.no-sessions | 没有进行中的会话。 | Nobody is signed in.
    account.session-from | 地址与浏览器 | From
    account.session-end | 结束会话 | End the session
    account.session-end-question | 结束 {began} 登录的会话（{browser}）？ | End the session that began on {began} ({browser})?
    account.session-end-consequence | 该设备立即退出登录，未提交的内容丢失。 | That device is signed out at once; what was not sent there is lost.
    account.session-end-this | 这是您当前的会话，结束后须重新登录。 | It is the session you are in: you will have to sign in again.
    account.session-ended-done | 会话已结束。 | The session has ended.
    account.session-only | 请在网页登录后办理，访问密钥不能办理。 | Sign in on the web for this: an access key cannot do it.
    account.second-factor | 动态码（双因素认证） | Second factor
    account.second-factor-why | 启用后，登录时除密码外还须输入手机身份验证器应用每 30 秒更新的 6 位动态码。任何遵循 RFC 6238 的应用均可使用。 | Signing in then takes, beside the password, the six digits that an authenticator app on your phone shows anew every 30 seconds. Any app after RFC 6238 will do.
    account.second-factor-owed | 您的岗位要求启用动态码，启用后方可办理其他事项。 | Your post asks for a second factor: set it up before anything else.
    account.second-factor-begin | 启用动态码 | Set up a second factor
    account.second-factor-see | 查看或停用动态码 | Second factor: see or switch off
    account.second-factor-scan | 用身份验证器应用扫描： | Scan this with the authenticator app:
    account.second-factor-type | 或手工输入密钥： | Or type the secret:
    account.second-factor-address | 或复制链接： | Or copy the address:
    account.first-code-hint | 应用当前显示的 6 位数字。输入正确后即启用。 | The six digits it shows now. With them it is switched on.
    account.second-factor-confirm | 确认启用 | Switch it on
    account.second-factor-since | 启用时间 | On since
    account.second-factor-off | 停用动态码 | Switch it off
    account.second-factor-off-note | 停用须输入密码和动态码，恢复码随之失效；重新启用会得到新的恢复码。 | Switching it off takes password and code, and ends the recovery codes; switching it on again gives new ones.
    account.second-factor-off-done | 动态码已停用。 | The second factor is off.
    account.second-factor.on | 已启用 | on
    account.second-factor.off | 未启用 | off
    account.second-factor.needed | 未启用（岗位要求） | off, though the post asks for it
    account.recovery-codes | 恢复码 | Recovery codes
    account.recovery-codes-once | 动态码已启用，您的其他会话已结束。手机丢失时，每个恢复码可代替动态码登录一次。请打印或抄录后妥善保存，本页关闭后不再显示。 | The second factor is on, and your other sessions have ended. Without your phone each of these opens once in place of a code. Print them or write them down: they are not shown again.
    account.recovery-codes-left | 剩余恢复码 | Recovery codes left
    account.recovery-codes-kept | 已妥善保存 | I have kept them
    account.reset-second-factor | 重置动态码 | Reset the second factor
    account.reset-second-factor-question | 重置账号“{name}”的动态码？ | Reset the second factor of “{name}”?
    account.reset-second-factor-consequence | 动态码和恢复码立即失效，该账号的会话全部结束，仅凭密码即可登录，直至本人重新启用。请先当面核实本人身份。 | App and recovery codes stop working, every session ends, and the password alone opens until its owner sets it up again. Make sure first that it is its owner who asks.
    account.second-factor-reset-done | 动态码已重置。 | The second factor is reset.
    account.password-due | 您的密码已到期，修改后方可办理其他事项。 | Your password is due: change it before anything else.
    account.links | 统一身份认证 | Identity providers
    account.provider | 平台 | Provider
    account.link | 关联身份 | Link an identity
    account.link-note | 关联后，本人在该平台登录即可进入本账号。平台用户标识（sub）与首次登录匹配值二者填一项。请先核实本人身份。 | Whoever signs in there as this person comes in here. Give the provider’s identifier (sub) or the value to match at the first sign-in. Make sure first who it is.
    account.link-subject | 平台用户标识 | Identifier there
    account.link-subject-hint | ID 令牌中的 sub | The “sub” of the provider’s tokens
    account.link-claim | 首次登录匹配值 | Value to match at the first sign-in
    account.link-claim-hint | 如工号；首次登录时与平台给出的值相同，即完成关联 | Such as a number of staff: the first sign-in that brings it completes the link
    account.link-waits | 待首次登录 | waits for the first sign-in
    account.link-since | 关联时间 | Since
    account.link-used | 最近登录 | Last sign-in
    account.no-links | 没有关联的身份。 | No identity is linked.
    account.link-with | 关联{title} | Link with {title}
    account.link-why | 请先确认是您本人，然后到{title}登录一次。 | Confirm first that it is you, then sign in once at {title}.
    account.link-go-on | 确认并继续 | Confirm and go on
    account.link-leave | 身份已核实。下一步到{title}登录，10 分钟内有效。 | That is you. Next, sign in at {title} within ten minutes.
    account.linked-done | 身份已关联。 | The identity is linked.
    account.unlink | 解除关联 | Take the link away
    account.unlink-own-why | 解除后不能再用{title}登录本账号，用它登录的会话立即结束。 | {title} opens this account no more, and sessions that began by it end now.
    account.unlink-question | 解除账号“{name}”的身份关联？ | Take the link of “{name}” away?
    account.unlink-consequence | 该身份不能再登录此账号，用它登录的会话立即结束。 | That identity opens the account no more, and sessions that began by it end now.
    account.unlinked-done | 关联已解除。 | The link is gone.
    account.scope | 管理范围 | Scope
    account.scope-node | 全节点 | the whole node
    account.scope-below | {name}及其下级单位 | {name} and all below
    account.scope-usual | 按岗位所在单位（县区单位为本县区，其他为全节点） | by the unit (its county, or the whole node)
    account.scope-hint | 只对系统管理员、数据主管部门审核员的岗位有效：其管理权限以所选单位及其下级为限。 | For administrators and bureau reviewers: their rights over other units end there.
    account.set-scope | 设定管理范围 | Set the scope
    account.set-scope-note | 立即生效，包括已登录的会话。不能更改自己所任岗位的管理范围。 | At once, also in open sessions. Nobody sets the scope of a post of their own.
    account.scope-set | 管理范围已设定。 | The scope is set.
    account.keys | 访问密钥 | Keys
    account.key | 名称 | Name
    account.key-scopes | 范围 | Scopes
    account.key-ends | 到期 | Ends
    account.key-used | 最近使用 | Last used
    account.key-open | 有效 | valid
    account.key-over | 已到期 | over
    account.key-revoked | 已撤销 | revoked
    account.key-revoke | 撤销 | Revoke
    account.key-revoke-question | 撤销访问密钥“{label}”？ | Revoke the key “{label}”?
    account.key-revoke-consequence | 使用该密钥的程序立即失去访问，不能恢复。 | Programs that use it lose access at once; this cannot be undone.
    account.key-revoked-done | 访问密钥已撤销。 | The key is revoked.
    account.no-keys | 没有访问密钥。 | It has no key.
    account.act | 操作 | Act
    account.change-password | 修改密码 | Change the password
    account.change-password-note | 修改后所有会话结束，需重新登录。 | Every session ends, and you sign in again.
    account.old-password | 现密码 | Present password
    account.new-password | 新密码 | New password
    account.password-again | 再输一遍新密码 | New password again
    account.passwords-differ | 两次输入的新密码不一致。 | The two new passwords differ.
    account.old-password-wrong | 现密码不正确。 | The present password is wrong.
    account.password-changed | 密码已修改，请重新登录。 | The password is changed: please sign in again.
    account.deputies | 代行 | Stand-ins
    account.deputy | 代行人 | Who stands in
    account.deputy-reason | 事由 | Reason
    account.deputy-reason-hint | 如年休假、公差、学习 | Leave, a journey, a course
    account.deputy-hint | 同一单位有任职的人员 | Somebody with a post in the same unit
    account.deputy-coming | 未开始 | to come
    account.deputy-acting | 代行中 | acting
    account.deputy-over | 已结束 | over
    account.deputy-until | 代行至 {day} | stands in until {day}
    account.with-deputy | {name} 代行 | {name} stands in
    account.deputy-end | 结束代行 | End it
    account.deputy-end-question | 结束“{name}”的代行？ | End what “{name}” does in the holder's place?
    account.deputy-end-consequence | 立即生效；已办理的事项不受影响。 | At once; what was done stays done.
    account.deputy-ended | 代行已结束。 | It has ended.
    account.no-deputies | 没有安排代行。休假或公差前可在此指定。 | Nobody stands in. Name somebody before you are away.
    account.depute | 指定代行人 | Name who stands in
    account.depute-note | 期间代行人可在此岗位办理事项，记录中注明“代行”；本人也可照常办理。最长 {days} 天，代行人不能再指定他人，也不能以此岗位签发访问密钥。 | During that time they may act in this post, and the record says that they stood in; the holder may go on acting. At most {days} days. Who stands in cannot pass it on, nor make keys in the post.
    account.deputed | 代行人已指定。 | It is arranged.
    account.hand-over | 岗位交接 | Hand the post over
    account.hand-over-of | 岗位交接：{title} | Hand-over: {title}
    account.hand-over-why | 下列事项随岗位移交。确认后立即生效：接任人到任，移交人在此岗位的会话与访问密钥失效，自动办理的事项改由接任人名义继续。 | What follows passes with the post. It takes effect at once: the successor takes office, the leaver's sessions and keys in this post end, and what runs by itself goes on in the successor's name.
    account.hand-over-note | 移交人：{name}。移交人、接任人、监交人须是三个人。 | {name} leaves. Leaver, successor and witness are three people.
    account.hand-over-remark | 交接说明 | Remarks
    account.hand-over-remark-hint | 纸质材料、密码函件、口头交代等 | Papers, sealed envelopes, what was said
    account.hand-over-day | 交接日期 | Day
    account.hand-over-items | 移交事项 | Items
    account.hand-over-digest | 清单摘要 | Digest of the list
    account.hand-over-print | 打印本页，由三人签字后存档；清单摘要已记入存证。 | Print this page, have it signed by the three and keep it; the digest of the list is in evidence.
    account.handed-over | 岗位已交接。 | The post is handed over.
    account.hand-overs | 交接记录 | Hand-overs
    account.no-hand-overs | 没有交接记录。 | It was never handed over.
    account.leaver | 移交人 | Leaver
    account.successor | 接任人 | Successor
    account.witness | 监交人 | Witness
    account.witness-hint | 见证交接并在清单上签字 | Sees the hand-over and signs the list
    account.signature | 签字 | Signature
    account.signature-day | 年　　月　　日 | Date
    account.items-passed | 移交的事项 | What passes
    account.items-ended | 随之终止的 | What ends
    account.no-items-passed | 没有待办和自动办理的事项。 | Nothing waits, and nothing runs by itself.
    account.no-items-ended | 没有访问密钥或代行。 | No key, nobody who stands in.
    account.item-kind | 类别 | Kind
    account.item | 事项 | Item
    account.item-due | 期限 | Due
    account.item-ends | 原到期 | Would have ended
    account.item.case | 待办事项 | Case that waits
    account.item.schedule | 定时读取 | Schedule
    account.item.folder-watch | 接收目录监视 | Watched folder
    account.item.drop-table | 前置库 | Drop table
    account.item.delivery | 定期供数 | Delivery
    account.item.key | 访问密钥 | Key
    account.item.deputy | 代行 | Stand-in
    account.terms | 任职记录 | Terms
    account.until-further-notice | 至今 | until further notice
    account.never-held | 还没有人担任过此岗位。 | Nobody has held this post yet.
    account.new-post | 设置岗位 | New post
    account.new-post-note | 角色决定此岗位能办理什么，设置后不能修改。 | The roles say what the post may do; they cannot be changed later.
    account.make-post | 设置 | Make the post
    account.post-made | 岗位已设置。 | The post is made.
    account.appoint | 任命 | Appoint
    account.appoint-note | 一个岗位同一时段只有一人；一人可任多个岗位，办理时选择其一。 | A post has one holder at a time; a person may hold several and acts in one of them.
    account.appointed | 已任命。 | The person is appointed.
    account.through-hint | 不填则至另行通知。 | Empty: until further notice.
    account.choose | 请选择 | Choose
    account.abolish-post | 撤销岗位 | Abolish the post
    account.abolish-question | 撤销岗位“{title}”？ | Abolish the post “{title}”?
    account.abolish-consequence | 不能再任命人员；代行随即结束，此岗位的访问密钥失效。任职、交接和经办记录保留。 | Nobody can be appointed to it any more; standing in ends at once, and so do keys for programs in it. Terms, hand-overs and what was done in it stay on record.
    account.abolish-undo | 撤销后可在岗位页恢复。 | It can be restored on its page.
    account.post-abolished | 岗位已撤销。 | The post is abolished.
    account.restore-post | 恢复岗位 | Restore the post
    account.restore-post-note | 恢复后为空缺，角色和管理范围不变，可重新任命。 | It is vacant then, with its roles and scope, and can be filled.
    account.post-restored | 岗位已恢复。 | The post is there again.
    account.vacate | 离任 | End the term
    account.vacate-note | 现任人员在最后一日之后不再担任此岗位，其在此岗位的访问密钥随即失效；经办事项留在岗位。 | After the last day the holder no longer acts in the post and keys made in it stop working; the work stays with the post.
    account.last-day | 最后一日 | Last day
    account.vacated | 任期已结束。 | The term has ended.
    site.way.accounts | 开设、停用账号，重置密码，查看会话与访问密钥。 | Open and close accounts, reset passwords, see sessions and keys.
    """)
