package import Kernel

/// What the command line says beside the words of the domains: `command.field.<member>` heads a column or a line.
package let commandWords = Words(
    """
    command.yes | 是 | yes
    command.no | 否 | no
    command.ask-password | 请输入口令： | Password:
    command.password-missing | 没有给出口令 | no password was given
    command.nothing-named | 没有名为“{name}”的对象 | there is nothing named "{name}"
    command.name-ambiguous | “{name}”对应多个对象，请用编号指定 | "{name}" fits several; say which by its id
    command.name-candidate | 可能的对象 | one of those that it fits
    command.not-a-day | “{text}”不是日期，应写作 2026-01-31 | "{text}" is no day; write 2026-01-31
    command.not-a-word | “{text}”不是可选值之一：{words} | "{text}" is none of {words}
    command.division-unknown | “{code}”不是行政区划代码 | "{code}" is no division code
    command.scope-unknown | 没有“{scope}”这一令牌权限 | there is no token scope "{scope}"
    command.password-set | 账户 {name} 的口令已更换，原有会话已结束 | {name} has a new password; its sessions have ended
    command.account-unlocked | 账户 {name} 已解除锁定 | {name} is unlocked
    command.account-disabled | 账户 {name} 已停用，会话已结束，令牌已撤销 | {name} is disabled; its sessions have ended and its tokens are revoked
    command.account-enabled | 账户 {name} 已重新启用 | {name} is enabled again
    command.appointed | 账户 {name} 的持有人已任职“{post}” | the person of {name} now holds the post {post}
    command.vacated | “{post}”的任期截至 {day} | the term in the post {post} ends on {day}
    command.token-revoked | 令牌已撤销 | the token is revoked
    command.field.id | 编号 | id
    command.field.name | 名称 | name
    command.field.names | 历次名称 | names
    command.field.person | 人员 | person
    command.field.disabled | 停用 | disabled
    command.field.locked | 锁定 | locked
    command.field.title | 名称 | title
    command.field.party | 单位 | party
    command.field.roles | 角色 | roles
    command.field.holder | 任职人员 | holder
    command.field.secret | 令牌（仅显示一次） | secret (shown once)
    command.field.account | 账户 | account
    command.field.post | 岗位 | post
    command.field.label | 用途 | label
    command.field.scopes | 权限范围 | scopes
    command.field.expires | 到期时间 | expires
    command.field.revoked | 撤销时间 | revoked
    command.field.used | 最近使用 | last used
    command.field.kind | 类别 | kind
    command.field.uscc | 统一社会信用代码 | USCC
    command.field.division | 行政区划 | division
    command.field.parent | 上级单位 | parent
    command.field.founded | 设立日期 | founded
    command.field.dissolved | 撤销日期 | dissolved
    command.field.setting | 设置项 | setting
    command.field.value | 值 | value
    command.field.origin | 来源 | origin
    command.field.environment | 环境变量 | environment
    """)
