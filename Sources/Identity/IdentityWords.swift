package import Kernel

package let identityWords = Words(
    """
    identity.party-unknown | 没有这个单位。 | There is no such party.
    identity.party-name-taken | 已有名为“{name}”的单位。 | A party named “{name}” exists already.
    identity.party-name-empty | 单位名称不能为空，且不得超过 200 字。 | A party needs a name of at most 200 characters.
    identity.uscc-invalid | 统一社会信用代码“{code}”校验未通过。 | “{code}” is not a valid unified social credit code.
    identity.uscc-taken | 统一社会信用代码“{code}”已登记在其他单位名下。 | Unified social credit code “{code}” belongs to another party.
    identity.party-dissolved | 该单位已撤销，不能办理此事项。 | The party has been dissolved.
    identity.party-backwards | 日期须晚于 {day}（单位设立或现名称启用之日）。 | The day must be after {day}, when the unit or its present name began.
    identity.succession-empty | 合并或拆分须指明撤销单位和承接单位。 | A merger or split needs both the parties that end and those that follow.
    identity.parent-within | 上级单位不能是本单位或其下级单位。 | A party cannot stand below itself.
    identity.not-a-group | 该单位不是单位组，不能设置成员。 | Only a group has members.
    identity.post-unknown | 没有这个岗位。 | There is no such post.
    identity.post-taken | 本单位已有岗位“{title}”。 | The party already has a post “{title}”.
    identity.post-occupied | 该岗位在所选时段已有任职人员。 | Somebody holds that post during this time.
    identity.post-not-held | 您目前未任此岗位。 | You do not hold that post today.
    identity.unit-list-unknown | 名录中没有这一行。 | The list has no such line.
    identity.unit-list-moved | 名录已被他人改动，请重新打开查看。 | Somebody changed the list meanwhile: open it again.
    identity.scope-beyond | 超出您的管理范围：所选角色或管理范围不能由您授予。 | Beyond what you administer: these roles, or this scope, are not yours to give.
    identity.scope-needless | 只有系统管理员、数据主管部门审核员的岗位才设管理范围；兼任安全管理员、审计员、领导的岗位面向全节点，不能设。 | Only posts of administrators and bureau reviewers have a scope, and none that is also security officer, auditor or leader: these see the whole node.
    identity.scope-root | 这是您管理范围的最上级单位，其名称、隶属和存续由上级管理员办理。 | This is the topmost unit you administer: its name, its place and its end are for whoever administers above it.
    identity.scope-own | 不能更改您自己所任岗位的管理范围，请由另一位管理员办理。 | You cannot change the scope of a post you hold: ask another administrator.
    identity.parent-beyond | 上级单位须在您的管理范围之内。 | The unit above must be within what you administer.
    identity.members-beyond | 单位组有不在您管理范围之内的成员，由上级管理员办理。 | The group has members beyond what you administer: ask whoever administers above you.
    identity.term-backwards | 任期的结束日期不能早于开始日期。 | A term cannot end before it begins.
    identity.deputy-unknown | 没有这项代行安排，或已结束。 | There is no such deputy, or it is over.
    identity.deputy-backwards | 代行的最后一日不能早于开始日，也不能早于今天。 | The last day cannot come before the first, nor before today.
    identity.deputy-too-long | 代行最长 {max} 天；更长的请另行任命。 | A deputy acts for at most {max} days; appoint somebody for longer.
    identity.deputy-holds | 此人在这段时间本就担任该岗位。 | This person holds the post itself during that time.
    identity.deputy-elsewhere | 代行人须在开始日担任本单位的岗位。 | A deputy needs a post in the same unit on the first day.
    identity.deputy-taken | 这段时间已有人代行该岗位。 | Somebody stands in for the post during that time already.
    identity.post-held | 该岗位有人任职或已安排人任职，不能撤销。 | Somebody holds this post, or is to hold it: it cannot be abolished.
    identity.post-held-remedy | 请先办理岗位交接，或结束任期后次日再撤销。 | Hand its work over to another post's holder or end the term; from the day after on it can be abolished.
    identity.post-abolished | 该单位有已撤销的同名岗位“{title}”，可在其页面恢复，或另取名称。 | The unit had a post “{title}”, which was abolished: restore it on its page, or choose another title.
    identity.hand-over-unknown | 没有这项交接记录。 | There is no such hand-over.
    identity.hand-over-vacant | 该岗位现在空缺，没有可交接的人。 | The post is vacant: there is nobody to hand it over.
    identity.hand-over-same-person | 移交人、接任人、监交人须是三个人。 | Who leaves, who follows and who witnesses are three people.
    identity.hand-over-stale | 打开此页之后该岗位已换人。现任和移交事项已更新，请核对后重新提交。 | The post has changed hands since this page was opened. Holder and items are shown anew: look them over and send it again.
    identity.hand-over-too-soon | 现任今天才到任，交接最早从明天起。 | The present term began today: it can be handed over from tomorrow on.
    identity.roles-empty | 岗位至少须有一个角色，且不能是“社会公众”。 | A post needs at least one role, and “public” is none.
    identity.person-unknown | 没有这位人员。 | There is no such person.
    identity.text-invalid | “{field}”不能为空，且不得超过 {max} 字。 | “{field}” must have 1 to {max} characters.
    identity.account-unknown | 没有这个账号。 | There is no such account.
    identity.account-name-taken | 账号名已被使用。 | The account name is taken.
    identity.account-name-invalid | 账号名须为 3 至 64 个字母、数字或 . _ - @，不区分大小写。 | An account name has 3 to 64 letters, digits or . _ - @, in either case.
    identity.password-too-short | 密码至少须有 {min} 个字符。 | A password needs at least {min} characters.
    identity.password-too-plain | 密码须包含小写字母、大写字母、数字、其他字符中的至少 {min} 类。 | A password needs at least {min} of these kinds: small letters, capitals, digits, other characters.
    identity.password-guessed | 密码不能是账号名、同一字符的重复或连续递增的数字。 | A password may not be the account’s name, one character repeated, or digits counted up.
    identity.password-used-before | 不能使用最近 {count} 个密码之一。 | It may be none of the last {count} passwords.
    identity.password-wrong | 密码不正确。 | The password is wrong.
    identity.code-wrong | 动态码不正确、已过期或已用过。 | The code is wrong, too old, or was used already.
    identity.second-step-over | 登录等待时间过长，请重新输入密码。 | That took too long: please give the password again.
    identity.second-factor-on | 动态码已经启用。 | The second factor is on already.
    identity.second-factor-off | 动态码没有启用。 | The second factor is not on.
    identity.second-factor-own | 不能重置自己的动态码，请在“我的账号”停用，或请另一位系统管理员重置。 | You cannot reset your own: switch it off on your account page, or ask another administrator.
    identity.session-unknown | 没有这个会话，或已经结束。 | There is no such session, or it has ended.
    identity.roles-excluded-in-post | 三员分立：系统管理员、安全管理员和审计员不能由同一岗位兼任。 | Administrator, security officer and auditor must be separate: one post cannot carry two of these roles.
    identity.roles-excluded-in-person | 三员分立：此人在所选时段还任“{post}”，系统管理员、安全管理员和审计员不能由同一人兼任。 | Administrator, security officer and auditor must be separate persons: in this time the person also holds “{post}”.
    identity.sign-in-wrong | 账号或密码不正确。 | The account name or password is wrong.
    identity.locked | 连续登录失败次数过多，账号已锁定至 {until}。 | After too many failed attempts the account is locked until {until}.
    identity.sign-ins-too-many | 登录尝试过于频繁，请稍后再试。 | Too many attempts; try again later.
    identity.token-unknown | 没有这个访问令牌。 | There is no such token.
    identity.scopes-invalid | 访问令牌须有 1 至 32 个权限范围，由小写字母、数字和 . - * 组成。 | A token needs 1 to 32 scopes of small letters, digits and . - *
    identity.token-lifetime | 访问令牌有效期须为 1 至 {max} 天。 | A token lives 1 to {max} days.
    identity.seed-line | 单位清单第 {line} 行有误（{what}）。 | Line {line} of the list of parties is wrong ({what}).
    identity.kind.unit | 单位 | unit
    identity.kind.county | 县区 | county
    identity.kind.enterprise | 企业 | enterprise
    identity.kind.broker | 数据经纪人 | data broker
    identity.kind.node | 节点 | node
    identity.kind.group | 单位组 | group of units
    identity.role.steward | 数据专员 | data steward
    identity.role.department-cdo | 部门首席数据官 | department CDO
    identity.role.bureau-reviewer | 数据主管部门审核员 | bureau reviewer
    identity.role.consumer | 用数单位 | data consumer
    identity.role.security-officer | 安全管理员 | security officer
    identity.role.auditor | 审计员 | auditor
    identity.role.leader | 领导 | leader
    identity.role.administrator | 系统管理员 | administrator
    identity.role.public | 社会公众 | public
    """)
