package import Kernel

package let reminderWords = Words(
    """
    reminder.account | 我的账号 | My account
    reminder.own | 提醒 | Reminders
    reminder.own-why | 轮到您办理、期限临近、关注的事项有变化时，发邮件告诉您。邮件只写事项种类、单位、日期和链接；以登录后看到的待办为准。 | A mail when a case waits for you, a deadline is near or what you watch has changed. It says kind, unit, day and link, and nothing else; what the inbox shows is what counts.
    reminder.no-mail | 本平台没有配置邮件服务，暂不能发送邮件提醒。请联系系统管理员。 | This node has no mail server, so that it sends no mail. Ask its administrator.
    reminder.address | 电子邮箱 | E-mail address
    reminder.address-new | 设置电子邮箱 | Set an address
    reminder.address-other | 更换电子邮箱 | Change the address
    reminder.address-note | 验证码发到这个邮箱；输入验证码之前，不会向它发送任何提醒。 | A code goes there; nothing else does before you have typed it here.
    reminder.send-code | 发送验证码 | Send the code
    reminder.code-sent | 验证码已发送，请查收邮件。 | The code is on its way: look into your mail.
    reminder.code-form | 输入验证码 | Type the code
    reminder.code-note | 邮件中的六位数字，{minutes} 分钟内有效。 | Six digits from the mail, good for {minutes} minutes.
    reminder.code | 验证码 | Code
    reminder.confirm | 确认 | Confirm
    reminder.confirmed | 电子邮箱已确认，此后按下面的设置提醒。 | The address is confirmed; you are reminded as set below.
    reminder.code-over | 没有待确认的验证码，或者已经过期，请重新发送 | no code is waited for, or it is too old: send another
    reminder.code-wrong | 验证码不对，还可以试 {left} 次 | this is not the code; {left} tries are left
    reminder.code-locked | 试错次数过多，这个验证码已作废，请重新发送 | it was tried too often and is void: send another
    reminder.codes-too-many | 一小时内发送的验证码过多，请稍后再试 | too many codes within an hour; try again later
    reminder.last-sent | 最近一次发送 | Last sent
    reminder.wishes | 提醒什么、何时提醒 | What to tell, and when
    reminder.save | 保存 | Save
    reminder.saved | 提醒设置已保存。 | The reminders are saved.
    reminder.forget | 删除邮箱，不再提醒 | Forget the address
    reminder.forget-question | 删除电子邮箱，不再发送邮件提醒？ | Forget the address and send nothing more?
    reminder.forget-consequence | 邮箱、设置和发送记录一并删除；待办和站内通知不受影响。 | Address, settings and the record of what was sent go. Inbox and notices stay as they are.
    reminder.forgotten | 电子邮箱已删除。 | The address is forgotten.
    reminder.occasions | 提醒事项 | Tell me when
    reminder.occasions-hint | 一项都不选则不发送。 | None: nothing is sent.
    reminder.occasion.turn | 轮到办理 | a case waits
    reminder.occasion.due | 期限临近、今日到期或已逾期 | a deadline is near, today or past
    reminder.occasion.watched | 关注的事项有变化 | what I watch has changed
    reminder.occasion.notice | 岗位收到通知 | there is a notice for the post
    reminder.days-before | 提前 | Beforehand
    reminder.working-days | 个工作日 | working days
    reminder.days-before-hint | 距期限还有这么多个工作日起提醒；到期当日和逾期时再各提醒一次。 | From so many working days before a deadline; once more on its day, and once when it is past.
    reminder.days-before-range | 应为 0 至 {max} 的整数 | must be a number from 0 to {max}
    reminder.mode | 方式 | How
    reminder.mode.at-once | 随时 | at once
    reminder.mode.at-once-hint | 有新事项时发送，几项合为一封 | one message for what is new
    reminder.mode.digest | 每日汇总 | daily digest
    reminder.mode.digest-hint | 每个工作日一封，列出全部待办；没有待办则不发 | one each working day with all that waits; none when nothing does
    reminder.digest-time | 汇总时间（北京时间，如 08:30） | Time of the digest (Beijing time, such as 08:30)
    reminder.quiet | 免打扰时段 | Quiet hours
    reminder.quiet-hint | 时段内不发送，结束时合为一封；届时已办结的不再提醒。 | Nothing is sent within; one message at their end, without what is done by then.
    reminder.quiet.standard | 按平台设置（{hours}） | as this site has them ({hours})
    reminder.quiet.none | 不设 | none
    reminder.quiet.own | 自定 | my own
    reminder.quiet-hours | 起止时间 | From and to
    reminder.quiet-hours-hint | 写成 22:00-07:30，可以跨零点。 | Such as 22:00-07:30; it may go over midnight.
    reminder.hours-unreadable | 应写成 22:00-07:30 的样子 | must be written like 22:00-07:30
    reminder.time-unreadable | 应写成 08:30 的样子 | must be written like 08:30
    reminder.digest-in-quiet | 在免打扰时段（{hours}）之内 | is within the quiet hours ({hours})
    reminder.rests | 休息日不打扰（按工作日历） | Not on days off, by the working-day calendar
    reminder.language | 语言 | Language
    reminder.language.zh-Hans | 简体中文 | Simplified Chinese
    reminder.language.zh-Hant | 繁体中文 | Traditional Chinese
    reminder.language.en | 英文 | English
    reminder.choose-one | 请选择一项 | choose one
    reminder.invalid | 提醒设置填写有误 | the reminders are not filled in right
    reminder.not-found | 没有这项提醒，或者您无权查看 | there is no such reminder, or none that you may know of
    reminder.moved | 这项提醒已被他人修改 | somebody else has changed it
    reminder.moved-remedy | 请重新打开后再改。 | Open it again, then change it.
    reminder.session-only | 提醒设置只能由本人登录后修改，访问密钥不可以 | only whoever is signed in changes their reminders; keys of programs cannot
    reminder.mail-malformed | 不是可用的电子邮箱地址 | is no address that can be used
    reminder.not-sent | 没有发出 | it was not sent
    reminder.state.unconfirmed | 待确认 | to be confirmed
    reminder.state.active | 启用 | active
    reminder.state.paused | 已暂停 | paused
    reminder.state.refused | 对方拒收 | refused there
    reminder.sent | 发送记录 | What was sent
    reminder.none-sent | 还没有发送过。 | Nothing was sent yet.
    reminder.made-at | 时间 | When
    reminder.about | 内容 | About
    reminder.state | 状态 | State
    reminder.ended-at | 结束 | Ended
    reminder.tries | 尝试次数 | Tries
    reminder.cause.at-once | 随时提醒 | reminder
    reminder.cause.digest | 每日汇总 | digest
    reminder.cause.test | 试发 | test
    reminder.message.waiting | 待发送 | waiting
    reminder.message.sent | 已发送 | sent
    reminder.message.failed | 未送达 | failed
    reminder.message.dropped | 已无须提醒 | dropped
    reminder.channels | 提醒渠道 | Reminder channels
    reminder.channels-why | 把本单位的待办提醒发到工作群或其他系统。内容只有事项种类、单位、日期和链接。 | What waits for the unit, told to a group or another system: kind, unit, day and link, and nothing else.
    reminder.no-hosts | 平台没有放行任何主机（设置 reminder.webhook-hosts），不能添加渠道。请联系系统管理员。 | No host is allowed (setting reminder.webhook-hosts), so that no channel can be added. Ask the administrator.
    reminder.no-channels | 还没有提醒渠道。 | There is no channel yet.
    reminder.channel-new | 添加提醒渠道 | Add a channel
    reminder.channel-new-why | 以您的岗位当时能看到的为限；您离开该岗位后自动暂停。 | It tells what your post may know of that day, and pauses when you leave it.
    reminder.channel-add | 添加 | Add
    reminder.channel-added | 渠道已添加，请试发一次。 | The channel is added: send a test.
    reminder.channel-one | 提醒渠道：{label} | Channel {label}
    reminder.label | 名称 | Name
    reminder.label-hint | 例如群的名称。 | Such as the name of the group.
    reminder.label-length | 应为 1 至 {max} 个字符 | must have 1 to {max} characters
    reminder.unit | 单位 | Unit
    reminder.kind | 种类 | Kind
    reminder.kind.mail | 邮件 | mail
    reminder.kind.webhook | 网络回调（签名的 JSON） | webhook (signed JSON)
    reminder.kind.webhook-hint | 由接收方按密钥核验签名 | the other side checks the signature by the secret
    reminder.kind.wecom | 企业微信群机器人 | WeCom group robot
    reminder.kind.wecom-hint | 地址在群的“群机器人”中取得 | its address is in the group's settings
    reminder.host | 主机 | Host
    reminder.webhook-address | 地址 | Address
    reminder.webhook-address-hint | 完整地址；群机器人的含 key。保存后不再显示。允许的主机：{hosts} | The whole address, a robot's with its key. Not shown again. Allowed hosts: {hosts}
    reminder.address-malformed | 地址无法识别 | the address cannot be read
    reminder.host-not-allowed | 平台没有放行主机 {host} | the host {host} is not allowed
    reminder.robot-key-missing | 群机器人的地址应以 ?key=… 结尾 | a robot's address ends in ?key=…
    reminder.secret | 签名密钥 | Secret
    reminder.secret-hint | 至少 {min} 个字符，两边一致。保存后不再显示。 | At least {min} characters, the same on both sides. Not shown again.
    reminder.secret-short | 至少 {min} 个字符 | at least {min} characters
    reminder.secret-kept | 已加密保存，不再显示 | kept sealed, shown to nobody
    reminder.as | 以谁的权限 | With the rights of
    reminder.too-many-channels | 一个单位最多 {max} 个渠道 | a unit has at most {max} channels
    reminder.nothing-to-tell | 您当前的岗位看不到任何事项，以它设置的渠道没有可提醒的内容 | your post sees no case, so that its channel would have nothing to tell
    reminder.test | 试发 | Send a test
    reminder.test-sent | 试发成功。 | The test was taken.
    reminder.hour-full | 一小时内发送过多，请稍后再试 | too many within an hour; try again later
    reminder.pause | 暂停 | Pause
    reminder.paused | 渠道已暂停。 | The channel is paused.
    reminder.resume | 恢复 | Resume
    reminder.resumed | 渠道已恢复。 | The channel goes on.
    reminder.remove | 删除渠道 | Remove the channel
    reminder.remove-question | 删除渠道“{label}”？ | Remove the channel “{label}”?
    reminder.remove-consequence | 地址、密钥和发送记录一并删除，不再发送。 | Address, secret and the record of what was sent go; nothing more is sent.
    reminder.removed | 渠道已删除。 | The channel is removed.
    reminder.holder-gone | 设置人已离岗或不再有权管理，渠道已停止；请由现任人员重新添加 | whoever set it up has left the post or may no longer manage it; let the present holder add it anew
    reminder.troubles | 提醒未送达 | Reminders that did not arrive
    reminder.reason | 原因 | Reason
    reminder.fault.unresolved | 找不到服务器的地址 | the server has no address
    reminder.fault.address-refused | 服务器的地址不允许连接 | the server's address may not be connected to
    reminder.fault.unconnected | 连接不上服务器 | the server cannot be reached
    reminder.fault.tls | 服务器的证书不可信，或者不支持加密 | the server's certificate is not trusted, or it offers no TLS
    reminder.fault.timed-out | 服务器没有及时应答 | the server did not answer in time
    reminder.fault.not-authenticated | 邮件服务器不接受用户名或密码 | the mail server takes neither user nor password
    reminder.fault.no-password | 读不到邮件密码 | the mail password cannot be read
    reminder.fault.mailbox | 对方邮件服务器说没有这个邮箱（{status}）；请更换地址 | the mail server says that there is no such mailbox ({status}); give another address
    reminder.fault.mail-status | 邮件服务器暂不接受（{status}） | the mail server does not take it ({status})
    reminder.fault.broken | 连接中断（{code}） | the connection broke ({code})
    reminder.fault.too-large | 内容过长 | it is too long
    reminder.fault.answer-too-large | 应答过长 | the answer is too long
    reminder.fault.redirected | 对方要求转到别处，未予跟随 | it points elsewhere, and nothing follows that
    reminder.fault.status | 对方应答 {status} | it answered {status}
    reminder.fault.gone | 对方说此地址已停用（410） | it says that it is gone (410)
    reminder.fault.no-robot | 应答不是群机器人的 | the answer is no robot's
    reminder.fault.errcode | 群机器人应答错误码 {code} | the robot answered with error {code}
    reminder.fault.host-not-allowed | 平台不再放行这个主机 | its host is no longer allowed
    reminder.fault.no-place | 保存的地址无法打开 | the kept address cannot be opened
    reminder.fault.not-noted | 已发出但未能记录，稍后重发一次 | handed over and not noted; it is sent once more
    reminder.subject | 【{site}】{count} 项提醒 | [{site}] {count} reminders
    reminder.subject-digest | 【{site}】今日汇总：{count} 项 | [{site}] Digest: {count}
    reminder.subject-test | 【{site}】试发 | [{site}] Test
    reminder.subject-code | 【{site}】邮箱验证码 | [{site}] Code for your address
    reminder.code-text | 验证码：{code}，{minutes} 分钟内有效。 | Your code is {code}, good for {minutes} minutes.
    reminder.code-why | 有人在“{site}”把这个地址设为提醒邮箱。不是您本人的，请忽略，不会再收到邮件。 | Somebody has given this address on {site} for reminders. If it was not you, do nothing: no more mail will come.
    reminder.test-text | 这是一条试发的提醒，收到即说明设置正确。 | This is a test: if you read it, all is set up.
    reminder.heading.turn | 轮到办理（{count}） | Waiting ({count})
    reminder.heading.due | 期限（{count}） | Deadlines ({count})
    reminder.heading.watched | 关注的事项有变化（{count}） | Watched and changed ({count})
    reminder.heading.notice | 通知（{count}） | Notices ({count})
    reminder.line | {what}（{unit}） | {what} ({unit})
    reminder.titled | 《{title}》 | “{title}”
    reminder.and | {left}，{right} | {left}, {right}
    reminder.due.soon | 期限 {day}，还有 {count} 个工作日 | due {day}, {count} working days left
    reminder.due.today | 今日（{day}）到期 | due today ({day})
    reminder.due.overdue | 期限 {day}，已逾期 | due {day}, overdue
    reminder.provisional | {said}（该年放假安排尚未公布，暂按推算） | {said} (the holidays of that year are not announced yet)
    reminder.more | 另有 {count} 项。 | And {count} more.
    reminder.inbox-at | 全部待办：{address} | All that waits: {address}
    reminder.preferences-at | 修改或停止提醒：{address} | Change or stop these mails: {address}
    """)
