package import Kernel

package let policyWords = Words(
    """
    # Refusals as a whole
    policy.malformed | 提交的内容不符合规定的格式，请按所列位置逐项更正。 | What was handed in is not well formed; see each place.
    policy.refused | 以下条款不能执行，授权不予签署。 | These terms cannot be enforced, so the grant is not signed.
    policy.not-permitted | 您的岗位无权办理此事项（{action}）。 | Your post may not do this ({action}).
    policy.outside-token-scope | 该访问令牌的权限范围不包括此事项（{action}）。 | The token's scopes do not cover this ({action}).
    policy.confirmation-needed | 签批类操作（{action}）须先再次确认身份。 | Acts that sign ({action}) need your password once more.
    policy.confirmation-needed-remedy | 请在页面上办理并输入密码或动态码；程序请使用访问密钥。 | Do it on its page, where the password or code is asked for; programs use an access key.
    policy.moved | 所办对象（{kind} {id}）已被更改。 | The thing concerned ({kind} {id}) has changed meanwhile.
    policy.moved-remedy | 请刷新页面，核对最新内容后重新办理。 | Reload, look at what it is now, and do it again.
    policy.fault | 授权服务内部故障，已拒绝本次操作。 | The policy service failed; nothing was done.
    policy.watch-lost | 无法确认授权是否仍然有效，已停止供数。 | Whether the grant still holds cannot be told, so the release was stopped.

    # Files with marks of secrecy
    upload.classified | 涉密文件不得上传，本文件已拒收，未留存任何内容。 | Classified material does not belong here: the file was refused, and nothing of it was kept.
    upload.classified-remedy | 请勿再次上传，立即报告本单位保密（安全）管理员；确属误判的，由安全管理员核实后可限时放行该文件。 | Do not bring it here again, and tell the security officer, who can let exactly this file in for a day if it is a false alarm.
    upload.undeclared | 未声明文件不含国家秘密和工作秘密，不能接收。 | The file is not taken without the declaration that it holds neither state secrets nor work secrets.
    upload.undeclared-remedy | 确认文件不含国家秘密和工作秘密后勾选声明（接口：unclassified=1），重新选择文件提交；含有的，不得上传。 | Tick the declaration when it is true (programs: unclassified=1) and choose the file again. If the file does hold such secrets, do not bring it here.
    upload.undeclared-field | 请勾选此项声明 | tick this declaration
    upload.unreadable | 无法读取文件以检查密级标志，已拒收。 | The file cannot be read to look for marks of secrecy, so it was not taken.
    upload.refused-not-found | 没有这条拒收记录。 | There is no such refused upload.
    upload.release-invalid | 放行理由填写有误。 | The reason is not filled in rightly.
    upload.release-reason-needed | 请写明理由，不超过 {charactersMax} 字 | say why, in at most {charactersMax} characters
    upload.released-before | 该文件已放行过；过期后请让对方重新提交。 | It was released before; once that is over, the file has to be brought and refused anew.
    upload.door.hook | 挂接上传 | hooking
    upload.door.filing | 报送 | filing
    upload.door.package | 报送包 | package
    upload.door.watched-folder | 监视文件夹 | watched folder
    upload.door.drop-table | 前置库 | drop table
    upload.door.inbox | 收件目录 | inbox folder
    upload.door.name-list | 名单比对 | name list
    upload.door.running-exchanges | 存量共享清单 | running exchanges
    upload.door.application-list | 批量申请清单 | list of applications
    upload.door.catalogue | 目录导入 | catalogue import
    upload.door.paper-approval | 纸质审批补录 | paper approval
    upload.door.letter | 公文附件 | letter
    upload.door.minutes | 协调会纪要附件 | files of minutes
    upload.door.unit-change | 机构变更清单 | list of a unit's change
    upload.door.letter-template | 公文模板 | letter template
    upload.door.certificate | 销毁证明附件 | certificate of destruction
    upload.door.calendar | 工作日历 | calendar

    # Grants
    policy.grant-not-found | 未找到授权 {grant}。 | There is no grant {grant}.
    policy.grant-active | 授权 {grant} 处于生效状态。 | Grant {grant} is active.
    policy.grant-suspended | 授权 {grant} 已暂停，不得供数。 | Grant {grant} is suspended; nothing leaves under it.
    policy.grant-revoked | 授权 {grant} 已撤销，不得供数。 | Grant {grant} is revoked; nothing leaves under it.
    policy.grant-expired | 授权 {grant} 已到期，不得供数。 | Grant {grant} has expired; nothing leaves under it.
    policy.grant-moved | 授权 {grant} 已变更，本次供数已停止。 | Grant {grant} has changed; this release was stopped.
    policy.grant-not-yet-valid | 授权 {grant} 自 {from} 起生效，目前不得供数。 | Grant {grant} begins on {from}.
    policy.grant-ended-at-hour | 应急授权 {grant} 已于 {at} 到时终止，未在时限内补办手续。 | Emergency grant {grant} ended at {at}: its paperwork did not follow in time.
    policy.grant-ended-as-announced | 提供方预告授权 {grant} 供数至 {day}，该日已过。 | The provider announced {day} as the last day of grant {grant}, and it is past.
    policy.grant-ended | 授权 {grant} 已于 {to} 届满。 | Grant {grant} ended on {to}.
    policy.delivery-not-granted | 授权不包括此种供数方式（{delivery@policy.delivery-}）。 | The grant does not include this delivery ({delivery@policy.delivery-}).
    policy.plan-changed | 按目前的数据结构，授权 {grant} 的执行内容与签署时不一致，不得供数。 | What grant {grant} would do today is not what was signed.
    policy.plan-changed-remedy | 请提供单位核对字段变动后重新签署授权。 | The provider should look at what changed in the columns and sign anew.
    policy.quota-total | 授权 {grant} 的总量额度不足，剩余 {remaining} 行。 | Grant {grant} has {remaining} rows left in all.
    policy.quota-daily | 授权 {grant} 的当日额度不足，今日剩余 {remaining} 行。 | Grant {grant} has {remaining} rows left today.
    policy.rate-calls-per-minute | 授权 {grant} 每分钟最多调用 {limit} 次，请在 {seconds} 秒后再试。 | Grant {grant} answers {limit} calls a minute; try again in {seconds} s.
    policy.rate-calls-per-day | 授权 {grant} 每日最多调用 {limit} 次，今日次数已用完。 | Grant {grant} answers {limit} calls a day; today's are used up.
    policy.rate-rows-per-minute | 授权 {grant} 每分钟最多供出 {limit} 行，请在 {seconds} 秒后再试。 | Grant {grant} gives {limit} rows a minute; try again in {seconds} s.
    policy.call-beyond-rate | 一次调用所要的行数超过授权 {grant} 每分钟的上限（{max} 行）。 | One call asks for more rows than grant {grant} gives in a minute ({max}).
    policy.call-beyond-rate-remedy | 请分成更小的批次。 | Ask in smaller parts.
    policy.tries-exceeded | 按授权 {grant}，同一键值每日最多核验 {max} 次。 | Grant {grant} answers {max} verify calls a day for one key.
    policy.tries-exceeded-remedy | 请核对信息来源，明日再试。 | Check where the values come from, and try again tomorrow.
    policy.outside-networks | 授权 {grant} 只向约定的网络供数，本次请求不是从其中发出的。 | Grant {grant} answers only to networks that it names; this request came from none of them.
    policy.outside-networks-remedy | 请从授权约定的网络访问；如网络已变更，请与提供单位联系。 | Ask from a network that the grant names; if yours has changed, tell the provider.
    policy.outside-hours-every-day | 授权 {grant} 只在每日 {from}–{to} 供数。 | Grant {grant} answers only from {from} to {to}.
    policy.outside-hours-working-days | 授权 {grant} 只在工作日 {from}–{to} 供数。 | Grant {grant} answers only on working days, from {from} to {to}.
    policy.outside-hours-weekdays | 授权 {grant} 只在每周第 {weekdays} 天（周一为第 1 天）{from}–{to} 供数。 | Grant {grant} answers only on days {weekdays} of the week (Monday is 1), from {from} to {to}.
    policy.joint-test-needed | 授权 {grant} 约定联调测试通过后方可供数，联调测试尚未通过。 | Grant {grant} lets nothing out before its joint test has passed.
    policy.joint-test-remedy | 请在授权的联调测试页完成测试，双方确认通过，或由使用方放弃。 | Finish the joint test on the grant's page: both sides say that it passed, or the recipient waives it.
    policy.too-few-rows | 符合授权 {grant} 的行数少于约定的下限（{min} 行），不予供数。 | Fewer rows than grant {grant} demands ({min}) would leave, so nothing does.
    policy.reservation-not-found | 未找到供数 {release} 的额度预留记录。 | Release {release} has no reservation.
    policy.reservation-lapsed | 供数 {release} 超过预留期限，按预留行数计量。 | The reservation of release {release} has lapsed; it is charged as reserved.
    policy.state-change-refused | 授权状态不能由“{from@policy.state-}”改为“{to@policy.state-}”。 | A grant cannot go from {from@policy.state-} to {to@policy.state-}.

    # Reading JSON
    policy.unknown-kind | 位置 {path}：本系统不识别“{operator}”。 | {path}: “{operator}” is not known here.
    policy.unknown-member | 位置 {path}：不识别的成员“{operator}”。 | {path}: unknown member “{operator}”.
    policy.missing-member | 位置 {path}：缺少必需内容。 | {path} is missing.
    policy.wrong-member | 位置 {path}：应为 {expected}。 | {path} must be {expected}.
    policy.unknown-version | 位置 {path}：版本不受支持，应为 {expected}。 | {path}: unsupported version; it must be {expected}.
    policy.too-large | 条款“{clause@policy.clause-}”超过上限（{limit}）。 | Clause {clause@policy.clause-} exceeds the limit of {limit}.
    policy.too-deep | 表达式嵌套超过上限（{limit} 层）。 | The expression is nested more than {limit} deep.

    # Expressions
    policy.column-unknown | 条款“{clause@policy.clause-}”：数据中没有字段“{column}”。 | Clause {clause@policy.clause-}: the data has no column “{column}”.
    policy.type-mismatch | 条款“{clause@policy.clause-}”：字段“{column}”用于“{operator}”时类型不符，应为“{expected@policy.column-type.}”，实为“{found@policy.column-type.}”。 | Clause {clause@policy.clause-}: column “{column}” under “{operator}” must be {expected@policy.column-type.}, but is {found@policy.column-type.}.
    policy.operator-unsupported | 条款“{clause@policy.clause-}”：“{operator}”不适用于类型“{type@policy.column-type.}”（字段“{column}”）。 | Clause {clause@policy.clause-}: “{operator}” does not apply to {type@policy.column-type.} (column “{column}”).
    policy.null-literal | 条款“{clause@policy.clause-}”：“{operator}”不能与 NULL 比较，请使用 IS NULL（字段“{column}”）。 | Clause {clause@policy.clause-}: “{operator}” cannot compare with NULL; use IS NULL (column “{column}”).
    policy.not-predicate | 条款“{clause@policy.clause-}”：表达式结果应为真假判断，实为“{type@policy.column-type.}”。 | Clause {clause@policy.clause-}: the expression must be true or false, but is {type@policy.column-type.}.
    policy.empty-list | 条款“{clause@policy.clause-}”：“{operator}”缺少内容。 | Clause {clause@policy.clause-}: “{operator}” has nothing in it.
    policy.literal-out-of-range | 条款“{clause@policy.clause-}”：“{operator}”中的常量超出可表示的范围。 | Clause {clause@policy.clause-}: a constant under “{operator}” is out of range.
    policy.pattern-invalid | 条款“{clause@policy.clause-}”：字段“{column}”的格式规则有误。 | Clause {clause@policy.clause-}: the pattern of column “{column}” is wrong.

    # Clauses
    policy.clause-missing | 缺少条款“{clause@policy.clause-}”。 | Clause {clause@policy.clause-} is missing.
    policy.clause-twice | 条款“{clause@policy.clause-}”只能出现一次。 | Clause {clause@policy.clause-} may stand only once.
    policy.column-twice | 条款“{clause@policy.clause-}”：字段“{column}”重复。 | Clause {clause@policy.clause-}: column “{column}” is listed twice.
    policy.no-columns | 授权不包含任何可供出的字段。 | No column would leave under this grant.
    policy.grade-important | 重要 | important
    policy.grade-core | 核心 | core
    policy.grade-ungraded | 未定级 | not graded
    policy.grade-missing | 条款“{clause@policy.clause-}”：字段“{column}”尚未定级，不得供出。 | Clause {clause@policy.clause-}: column “{column}” has no grade, so it may not leave.
    policy.grade-too-high | 条款“{clause@policy.clause-}”：字段“{column}”为 {grade@policy.grade-} 级，该共享方式下最高可供出 {highest} 级（{rule}）。 | Clause {clause@policy.clause-}: column “{column}” is {grade@policy.grade-}; this kind of sharing lets out {highest} at most ({rule}).
    policy.grade-never-shared | 条款“{clause@policy.clause-}”：字段“{column}”为{grade@policy.grade-}数据，不得以授权方式供出。 | Clause {clause@policy.clause-}: column “{column}” is {grade@policy.grade-} data and never leaves under a grant.
    policy.no-floor-rule | {day} 没有现行有效的分级供出规则，不得签署。 | No disclosure rule is in force on {day}.
    policy.not-shared | 该目录条目不允许以此方式提供。 | This entry is not shared in this way.
    policy.mask-unsupported | 条款“{clause@policy.clause-}”：“{operator@policy.mask-}”不适用于字段“{column}”（类型：{type@policy.column-type.}）。 | Clause {clause@policy.clause-}: “{operator@policy.mask-}” does not apply to column “{column}” ({type@policy.column-type.}).
    policy.mask-twice | 条款“{clause@policy.clause-}”：字段“{column}”规定了两种脱敏方式。 | Clause {clause@policy.clause-}: column “{column}” has two masks.
    policy.mask-on-absent-column | 条款“{clause@policy.clause-}”：“{operator@policy.mask-}”针对的字段“{column}”不在供出字段之列。 | Clause {clause@policy.clause-}: “{operator@policy.mask-}” is for column “{column}”, which does not leave.
    policy.mask-parameter | 条款“{clause@policy.clause-}”：字段“{column}”的“{operator@policy.mask-}”参数应在 {limit@policy.column-type.} 的范围内。 | Clause {clause@policy.clause-}: the numbers of “{operator@policy.mask-}” for column “{column}” must be within {limit@policy.column-type.}.
    policy.purpose-empty | 未写明使用目的。 | No purpose is stated.
    policy.validity-reversed | 有效期的截止日早于起始日。 | The validity ends before it begins.
    policy.validity-over | 有效期已于 {to} 届满。 | The validity ended on {to} already.
    policy.quota-not-positive | 条款“{clause@policy.clause-}”：额度应大于零。 | Clause {clause@policy.clause-}: a quota must be more than nothing.
    policy.quota-no-effect | 当日额度不小于总量额度，该条款不起作用。 | The daily quota is no less than the total quota and has no effect.
    policy.delivery-empty | 未选择供数方式。 | No delivery is chosen.
    policy.case-not-carried | 业务编号只能随名单比对提供，不能同时允许“{operator}”方式供数。 | Only a name list carries case numbers; “{operator}” cannot be granted beside this clause.
    policy.delivery-unsupported | 不支持的供数方式。 | The delivery is not supported.
    policy.retention-not-positive | 保存期限应在 1 至 {limit} 天之间。 | Retention must be from 1 to {limit} days.
    policy.no-effect | 条款“{clause@policy.clause-}”不改变任何数据，不起作用。 | Clause {clause@policy.clause-} changes nothing and has no effect.
    policy.never-true | 条款“{clause@policy.clause-}”恒为假，不会供出任何行。 | Clause {clause@policy.clause-} is never true: no row would leave.
    policy.value-malformed | 条款“{clause@policy.clause-}”：字段“{column}”的第 {position} 个取值不是“{type@policy.column-type.}”类型。 | Clause {clause@policy.clause-}: value number {position} for column “{column}” is no {type@policy.column-type.}.
    policy.coordinates-same | 条款“{clause@policy.clause-}”：经度和纬度是同一字段“{column}”。 | Clause {clause@policy.clause-}: longitude and latitude are one column, “{column}”.
    policy.out-of-range | 条款“{clause@policy.clause-}”：数值应在 {limit} 之间，且至少填写一项。 | Clause {clause@policy.clause-}: numbers must be within {limit}, and one must be given.
    policy.hours-reversed | 供数时段的结束时间应晚于开始时间，不能跨越午夜。 | The hours must end after they begin, within one day.
    policy.minimum-rows-delivery | 条款“{clause@policy.clause-}”只能用于文件供数和库表推送，“{operator@policy.delivery-}”逐行给出，无法执行。 | Clause {clause@policy.clause-} holds for files and table pushes only; it cannot be held for {operator@policy.delivery-}, which gives single rows.
    policy.as-of-nothing | 条款“{clause@policy.clause-}”：没有符合约定日期或版本号的数据版本。 | Clause {clause@policy.clause-}: there is no version of that day or number.
    policy.networks-delivery | 条款“{clause@policy.clause-}”约束的是调用方，管不到“{operator@policy.delivery-}”所写入的数据库，两者不能并用。 | Clause {clause@policy.clause-} holds whoever asks, not the database that {operator@policy.delivery-} writes into; they cannot be granted together.
    policy.as-of-live | 条款“{clause@policy.clause-}”：实时接口没有数据版本，不能约定数据时点。 | Clause {clause@policy.clause-}: a live source has no versions to hold to.
    policy.delivery-not-live | 该条目只供实时调用，不能以“{operator@policy.delivery-}”方式供数。 | This entry is call-only: “{operator@policy.delivery-}” cannot be served from a live source.
    policy.live-key-missing | 该条目只能按键调用：授权列中至少要有一个未做假名化的查询键（{keys}）。 | This entry is asked by key: the columns need one of {keys}, and not as a pseudonym.
    policy.verify-alone | 核验只能单独授权，不能与其他供数方式并用。 | Verifying is granted alone, not beside another delivery.
    policy.key-not-granted | 字段“{column}”不在供出字段之列，不能作为查询键。 | Column “{column}” does not leave and so cannot be a look-up key.
    policy.key-pseudonymised | 字段“{column}”以假名供出，不能作为查询键。 | Column “{column}” leaves as a pseudonym and so cannot be a look-up key.

    # Syntax
    policy.syntax-too-long | 表达式过长。 | The expression is too long.
    policy.syntax-too-deep | 第 {position} 个字符处嵌套过深。 | Nested too deep at character {position}.
    policy.syntax-too-large | 第 {position} 个字符处起内容过多。 | Too much from character {position} on.
    policy.syntax-character | 第 {position} 个字符“{found}”不能用在这里。 | Character {position}, “{found}”, cannot stand here.
    policy.syntax-text-unclosed | 第 {position} 个字符处的文本缺少结束的单引号。 | The text that begins at character {position} has no closing apostrophe.
    policy.syntax-name-unclosed | 第 {position} 个字符处的字段名缺少结束的双引号。 | The name that begins at character {position} has no closing quotation mark.
    policy.syntax-end-expected | 第 {position} 个字符处“{found}”多余。 | “{found}” at character {position} is too much.
    policy.syntax-null-expected | 第 {position} 个字符处应为 NULL。 | NULL is expected at character {position}.
    policy.syntax-and-expected | 第 {position} 个字符处应为 AND。 | AND is expected at character {position}.
    policy.syntax-with-expected | 第 {position} 个字符处应为 WITH。 | WITH is expected at character {position}.
    policy.syntax-operand-expected | 第 {position} 个字符处应为字段、函数或常量。 | A column, function or constant is expected at character {position}.
    policy.syntax-function-unknown | 第 {position} 个字符处的函数“{found}”不存在。 | There is no function “{found}” (character {position}).
    policy.syntax-parenthesis-expected | 第 {position} 个字符处应为左括号。 | ( is expected at character {position}.
    policy.syntax-parenthesis-unclosed | 第 {position} 个字符处缺少右括号。 | ) is missing at character {position}.
    policy.syntax-text-expected | 第 {position} 个字符处应为单引号括起的文本。 | A text in apostrophes is expected at character {position}.
    policy.syntax-value-expected | 第 {position} 个字符处应为常量。 | A constant is expected at character {position}.
    policy.syntax-date-expected | 第 {position} 个字符处应为日期（如 '2026-01-31'）。 | A date such as '2026-01-31' is expected at character {position}.
    policy.syntax-timestamp-expected | 第 {position} 个字符处应为时间（如 '2026-01-31T08:00:00Z'）。 | A time such as '2026-01-31T08:00:00Z' is expected at character {position}.
    policy.syntax-double-expected | 第 {position} 个字符处应为数值（如 '1.5e3'）。 | A number such as '1.5e3' is expected at character {position}.
    policy.syntax-number-too-long | 第 {position} 个字符处的数字超过 38 位。 | The number at character {position} has more than 38 digits.
    policy.syntax-pattern-too-long | 格式规则过长。 | The pattern is too long.
    policy.syntax-pattern-too-large | 第 {position} 个字符处的格式规则展开后过大。 | The pattern grows too large at character {position}.
    policy.syntax-pattern-too-deep | 第 {position} 个字符处的格式规则嵌套过深。 | The pattern is nested too deep at character {position}.
    policy.syntax-pattern-unopened | 第 {position} 个字符处的右括号没有对应的左括号。 | The ) at character {position} closes nothing.
    policy.syntax-pattern-unclosed | 第 {position} 个字符处缺少右括号。 | ) is missing at character {position}.
    policy.syntax-pattern-ended | 格式规则在第 {position} 个字符处意外结束。 | The pattern ends too early at character {position}.
    policy.syntax-pattern-nothing-to-repeat | 第 {position} 个字符“{found}”之前没有可重复的内容。 | “{found}” at character {position} has nothing to repeat.
    policy.syntax-pattern-repeat-twice | 第 {position} 个字符处重复规定了次数。 | A second repeat at character {position}.
    policy.syntax-pattern-escape-needed | 第 {position} 个字符“{found}”应在前面加反斜杠。 | Put a backslash before “{found}” at character {position}.
    policy.syntax-pattern-escape-unknown | 第 {position} 个字符处不识别“\\{found}”。 | “\\{found}” at character {position} is not known.
    policy.syntax-pattern-bounds | 第 {position} 个字符处的次数写法有误，应为 0 至 1000。 | The repeat at character {position} is wrong; it must be from 0 to 1000.
    policy.syntax-pattern-bounds-reversed | 第 {position} 个字符处的次数上限小于下限。 | The repeat at character {position} ends below its beginning.
    policy.syntax-pattern-range | 第 {position} 个字符处的字符范围有误。 | The range of characters at character {position} is wrong.
    policy.syntax-pattern-class-unclosed | 第 {position} 个字符处缺少右方括号。 | ] is missing at character {position}.
    policy.syntax-pattern-class-empty | 第 {position} 个字符处的字符集为空。 | The set of characters at character {position} is empty.

    # Types of columns
    policy.column-type.text | 文本 | text
    policy.column-type.integer | 整数 | whole number
    policy.column-type.decimal | 小数（{precision},{scale}） | decimal ({precision},{scale})
    policy.column-type.double | 浮点数 | floating point
    policy.column-type.boolean | 是否 | yes or no
    policy.column-type.date | 日期 | date
    policy.column-type.timestamp | 时间 | moment
    policy.column-type.date-or-timestamp | 日期或时间 | date or moment
    """)
