package import Kernel

package let webWords = Words(
    """
    web.product | 源头 · 公共数据平台 | Headwaters
    web.skip | 跳到正文 | Skip to content
    web.navigation | 主导航 | Main
    web.language | 语言 | Language
    web.footer | 依授权供数，凡供数必留痕。 | No row leaves without a grant; every release leaves a receipt.
    web.sign-in | 登录 | Sign in
    web.sign-out | 退出 | Sign out
    web.change-post | 切换岗位 | Change post

    web.api | 接口说明 | The API
    web.api-about | 供程序调用的接口：查询目录、查看授权、按授权取数、核验回执与存证。 | For programs: the catalogue, grants, rows under a grant, receipts and the proofs of their evidence.
    web.api-how | 请先取得访问令牌，并将下列变量换成您的节点地址、令牌和编号。查询的键值一律放在请求体中，不得写入网址。 | Get an access token first, and put your node's address, your token and your ids for the variables below. Look-up keys travel in the body, never in a URL.
    web.api-document | 机器可读的接口描述（OpenAPI 3.1） | The same for machines (OpenAPI 3.1)
    web.api-token | 由系统管理岗签发、限定事项并设有期限的访问令牌。 | An access token: issued by the administrator, for named acts, for a time.
    web.api-for-everybody | 无需令牌。 | Needs no token.
    web.api-for-accounts | 任何有效令牌。 | Any valid token.
    web.api-for-action | 岗位和令牌须允许的事项：{action} | Post and token must allow: {action}
    web.api-after | 上一页给出的翻页标记 | The cursor that the page before gave
    web.api-limit | 每页条数 | How many on a page
    web.api-group-entries | 目录 | Catalogue
    web.api-group-grants | 授权与取数 | Grants, and rows under them
    web.api-group-name-lists | 名单比对 | Name lists
    web.api-group-pushes | 库表推送 | Table pushes
    web.api-group-requests | 共享申请 | Sharing requests
    web.api-group-letters | 公文 | Letters
    web.api-group-supervisions | 督办 | Supervision
    web.api-group-coordinations | 协调 | Coordination
    web.api-group-releases | 供数与回执 | Releases and receipts
    web.api-group-uploads | 涉密拒收 | Files refused as classified
    web.api-group-calendar | 工作日历 | Working days
    web.api-group-hooks | 挂接与自动读取 | Hooks, and how they are fed
    web.api-group-filings | 按期报送 | Filings
    web.api-group-evidence | 存证 | Evidence
    web.api-problem-type | 问题的统一名称 | Names the problem for good
    web.api-problem-code | 问题代码，与页面所用一致 | The same code that pages use
    web.api-problem-remedy | 可以怎么办 | What can be done about it
    web.api-problem-trace | 追踪号，与日志一致 | The same number is in the log

    web.home | 返回首页 | Go to the front page
    web.account-name | 账号 | Account
    web.password | 密码 | Password
    web.second-step | 输入动态码 | Enter the code
    web.code | 动态码 | Code
    web.code-hint | 身份验证器应用上的 6 位数字；手机不在身边时，可输入一个恢复码。 | The six digits in your authenticator app; without your phone, one of your recovery codes.
    web.confirm-again | 再次确认身份 | Confirm that it is you
    web.confirm-again-why | 签批须再次确认身份。已填写的内容会保留，确认后继续办理。 | Signing asks for this once more. What you typed is kept, and goes on afterwards.
    web.kept-form-ended | 登录已结束，填写的内容还在 | You are no longer signed in; what you typed is kept
    web.kept-form-ended-why | 尚未提交。请在新窗口登录，再回到本页点“继续提交”；离开本页，填写的内容即丢失。 | Nothing was sent. Sign in in another window, come back to this page and press “Send again”; leaving this page loses what you typed.
    web.kept-form-older | 尚未提交，请核对 | Nothing was sent yet: look it over
    web.kept-form-older-why | 打开此页之后，您重新登录过或切换过岗位。填写的内容还在，核对后可继续提交。 | After this page was opened you signed in again or changed your post. What you typed is kept; look it over and send it.
    web.kept-form-sender | 将以{who}（{post}）的身份提交。 | It would be sent as {who} ({post}).
    web.kept-form-texts | 您填写的文字 | What you wrote
    web.kept-form-secrets | 密码等保密内容未保留，提交后请按提示重新填写。 | Passwords and the like were not kept; give them again where you are asked.
    web.kept-form-sign-in | 在新窗口登录 | Sign in in a new window
    web.kept-form-go | 继续提交 | Send again
    web.post-ended | 您在此岗位的任职或代行已结束。 | Your term in this post, or your standing in for it, has ended.
    web.post-ended-remedy | 您另有岗位的，请切换岗位；没有的，请联系账号管理员。未作任何更改。 | If you hold another post, change to it; if not, ask whoever manages accounts. Nothing was changed.
    web.confirm-again-go | 确认并继续 | Confirm and go on
    web.confirm-again-not-yet | 尚未确认。请输入密码或动态码，或先在统一身份认证平台确认。 | Not confirmed yet: give password or code, or confirm with the identity provider first.
    web.provider-ways | 使用统一身份认证登录 | Sign in with your identity provider
    web.provider-sign-in | {title} | {title}
    web.provider-or-password | 或使用密码登录 | Or with a password
    web.provider-still-in | 您已退出本站；统一身份认证平台上可能仍处于登录状态。 | You are signed out here; the identity provider may still know this browser.
    web.provider-sign-out | 同时退出{title} | Sign out of {title} as well
    web.provider-refused | 没有登录 | Nobody was signed in
    web.provider-again | 重新登录：{title} | Try again: {title}
    web.provider-password | 用密码登录 | Sign in with a password
    web.provider-account | 我的账号 | My account
    web.provider-linked | 身份已关联，今后可用统一身份认证登录。 | The identity is linked: you may sign in with it from now on.
    web.provider-confirmed | 身份已确认 | You are confirmed
    web.provider-confirmed-why | 请关闭本窗口，回到原来的页面继续办理。 | Close this window and go on in the one you came from.
    web.provider-confirm | 用{title}确认 | Confirm with {title}
    web.provider-confirm-why | 也可在新窗口用统一身份认证确认，回到本页后留空并继续。 | Or confirm with the identity provider in a new window, come back, leave this empty and go on.
    web.mark-line | 查看人：{unit} {name}　时间：{at}　追踪号：{trace} | Seen by {unit} {name} at {at}, trace {trace}
    web.mark-sheet | 查看记录 | Seen by
    web.owes-new-password | 密码已到期，请先在页面上修改密码。 | Your password has to be changed first, on its page.
    web.owes-second-factor | 您的岗位要求启用动态码，请先在页面上启用。 | Your post asks for a second factor: please set it up first, on its page.
    web.signed-out | 已退出登录。 | You are signed out.
    web.sign-in-first | 请先登录。 | Please sign in first.
    web.session-ended | 登录已过期，请重新登录。 | Your session has ended. Please sign in again.
    web.token-unknown | 访问令牌无效或已过期。 | The access token is unknown or has expired.
    web.own-account | 我的账号：修改密码，查看会话 | My account: password and sessions
    web.choose-post | 选择岗位 | Choose a post
    web.stands-in | 代行至 {day} | standing in until {day}
    web.choose-post-why | 您任多个岗位。办理事项以所选岗位的名义进行，并记入存证。 | You hold more than one post. What you do is done, and recorded, in the post you choose.
    web.current-post | 当前岗位 | Current
    web.no-post | 本账号当前没有在任岗位，请联系系统管理员。 | This account holds no post today. Please ask the administrator.
    web.post-missing | 请选择一个岗位。 | Please choose a post.

    web.crumbs | 所在位置 | Where you are
    web.chain | 数据链条 | The chain
    web.chain.entry | 目录条目 | Entry
    web.chain.hook | 挂接 | Hook
    web.chain.version | 数据版本 | Version
    web.chain.quality | 质量 | Quality
    web.chain.grade | 分级 | Grade
    web.chain.request | 共享申请 | Request
    web.chain.grant | 授权 | Grant
    web.chain.release | 供数 | Release
    web.chain.receipt | 回执 | Receipt
    web.export-csv | 导出 CSV | Export CSV
    web.count-more | {count} 以上 | more than {count}
    web.export-excel | 导出 Excel | Export Excel
    web.filter | 筛选 | Filter
    web.clear | 清除条件 | Clear
    web.pages | 分页 | Pages
    web.first-page | 首页 | First page
    web.next-page | 下一页 | Next page
    web.needed | 必填 | Required
    web.figures | 数据表 | The figures
    web.refresh | 刷新 | Refresh
    web.cancel | 取消 | Cancel
    web.back | 返回 | Back
    web.reason | 理由 | Reason
    web.reason-hint | 将记入存证，并告知相对方。 | Recorded as evidence and told to the other side.
    web.colon | ： | :
    web.unclassified | 声明：所传文件不含国家秘密和工作秘密 | I declare that the file holds neither state secrets nor work secrets
    web.unclassified-always | 声明：今后由此送来的文件和数据均不含国家秘密和工作秘密 | I declare that what comes in this way holds neither state secrets nor work secrets
    web.unclassified-note | 涉密不上网。带有密级标志（绝密、机密、秘密、工作秘密）的文件将被拒收并记录。 | Classified material does not belong here. A file that bears a mark of secrecy is refused, and that is put on record.
    web.unclassified-part | 必填，取值 1：声明所传文件不含国家秘密和工作秘密 | needed, 1: the declaration that the files hold neither state secrets nor work secrets
    web.field-needed | 此项必填。 | This is needed.

    web.role.steward | 数据专员 | Data steward
    web.role.department-cdo | 部门首席数据官 | Department CDO
    web.role.bureau-reviewer | 数据主管部门审核员 | Bureau reviewer
    web.role.consumer | 用数人员 | Data consumer
    web.role.security-officer | 安全管理员 | Security officer
    web.role.auditor | 审计员 | Auditor
    web.role.leader | 领导 | Leader
    web.role.administrator | 系统管理员 | Administrator
    web.actor.system | 系统自动办理 | The system
    web.role.public | 社会公众 | Public

    web.problem.invalid | 提交的内容有误 | Something in the request is wrong
    web.problem.unauthenticated | 需要登录 | Sign-in needed
    web.problem.forbidden | 没有权限 | Not allowed
    web.problem.not-found | 未找到 | Not found
    web.problem.conflict | 与当前状态冲突 | It has changed meanwhile
    web.problem.too-large | 内容过大 | Too large
    web.problem.refused | 按规则不予办理 | Refused by a rule
    web.problem.too-many | 超出次数或额度 | Too many
    web.problem.unavailable | 暂时无法提供服务 | Not available for now
    web.problem.bad-gateway | 源接口应答有误 | The source did not answer well
    web.problem.gateway-timeout | 源接口应答超时 | The source did not answer in time
    web.problem.internal | 系统故障 | A fault of ours

    web.not-found | 该页面或事项不存在，或不在您的查阅范围内。 | There is nothing here, or nothing that you may see.
    web.forbidden | 您当前的岗位无权办理此事项。 | Your current post may not do this.
    web.forbidden-remedy | 如您另有岗位，请切换后重试；如需授权，请联系本部门首席数据官。 | If you hold another post, change to it and try again; to be authorised, ask your department's CDO.
    web.cross-site | 该请求由其他网站发起，已拒绝 | Another site sent you here, so nothing was handed over.
    web.cross-site-remedy | 请从本站页面重新打开。 | Open it from a page of this site.
    web.fault | 系统出现未预期的故障，已记录。已提交的事项以页面显示为准，请勿重复提交。 | Something failed that should not have; it has been recorded. Check whether your act took effect before you repeat it.
    web.fault-number | 故障编号 | Fault number
    web.request-malformed | 请求格式有误。 | The request is malformed.
    web.form-stale | 页面已失效，未作任何更改。 | This form is out of date; nothing was changed.
    web.form-stale-remedy | 请刷新页面后重新提交。 | Reload the page and send it again.
    web.form-malformed | 表单格式有误，无法读取。 | The form cannot be read.
    web.form-cut-short | 上传中断，未作任何更改。请重新上传。 | The upload broke off; nothing was changed. Please upload again.
    web.form-not-utf8 | 表单含有非 UTF-8 字符。 | The form holds text that is not UTF-8.
    web.form-fields-too-many | 表单字段超过 {fieldsMax} 个。 | The form has more than {fieldsMax} fields.
    web.body-too-large | 内容超过上限 {bytesMax}。 | It is larger than the limit of {bytesMax}.
    web.upload-folder | 上传文件夹无法写入。 | The upload folder cannot be written to.
    web.upload-disk | 磁盘空间不足或写入失败，未作任何更改。 | The disk is full or failed; nothing was changed.
    web.if-match-missing | 请在 If-Match 中给出所修改的修订号。 | Say in If-Match which revision you are changing.
    web.if-match-stale | 该事项已被他人修改，请重新读取后再修改。 | Somebody changed it meanwhile: read it again first.
    web.asset-missing | 缺少网页资源 {name}（{folder}）。 | A web asset is missing: {name} in {folder}.
    web.asset-missing-remedy | 请运行 make setup，或用 HEADWATERS_DEPS 指明其位置。 | Run make setup, or say with HEADWATERS_DEPS where it is.

    web.template-folder-missing | 页面文件夹缺失：{name} | The pages folder is missing: {name}
    web.template-unreadable | 页面模板无法读取：{name} | The page template cannot be read: {name}
    web.template-unclosed | 页面模板 {name} 有未闭合的标记：{detail} | Template {name} has a tag that is not closed: {detail}
    web.template-tag-refused | 页面模板 {name} 使用了不允许的标记：{detail} | Template {name} uses a tag that is not allowed: {detail}
    web.template-not-mustache | 页面模板 {name} 无法解析：{detail} | Template {name} cannot be parsed: {detail}
    web.template-twice | 页面模板重名：{name} | Two templates have one name: {name}
    """)
