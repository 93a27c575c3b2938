package import Kernel

package let qualityWords = Words(
    """
    quality.no-rules | 该条目没有生效的质量规则，不能评价，也不能发布。 | The entry has no quality rule in force, so it can neither be judged nor published.
    quality.no-rules-remedy | 请先设置规则，可从探查结果采用建议。 | Set rules first; the profile suggests some.
    quality.blocked | {count} 条阻断规则未通过，没有发布，原版本继续提供服务。 | {count} blocking rules failed, so nothing was published; the last version is still served.
    quality.blocked-remedy | 请按所列字段更正源数据后重新发布，或由负责人调整规则。 | Correct the listed columns in the source and publish again, or have the rule changed.
    quality.no-rows | 没有数据行可供评价。 | There are no rows to judge.
    quality.rule-of-table | 本规则评价全表，没有单独的不合格行。 | This rule judges the table as a whole; no row fails it by itself.
    quality.nothing-executed | 没有一条规则得到执行，不视为通过。 | Not one rule was executed, which is not a pass.
    quality.answer-missing | 引擎未返回规则 {rule} 的结果。 | The engine gave no answer for rule {rule}.
    quality.rule-unknown | 没有编号为 {id} 的规则。 | There is no rule {id}.
    quality.report-unknown | 没有编号为 {id} 的目录条目，或您无权查看其质量规则。 | There is no entry {id}, or you may not see its rules.
    quality.rule-moved | 该规则已被他人修改（您看到第 {expected} 版，现为第 {found} 版）。 | Someone changed the rule (you saw revision {expected}, it is now {found}).
    quality.rule-invalid | 规则有 {count} 处需要更正。 | Corrections that the rule needs: {count}.
    quality.rule-repeated | 已有相同的规则。 | The same rule exists already.
    quality.too-many-rules | 一个条目最多 {max} 条规则。 | An entry may have at most {max} rules.
    quality.account-needed | 请先登录。 | Sign in first.

    quality.fault.no-column | 规则没有指定列。 | The rule names no column.
    quality.fault.column-missing | 数据中没有列“{column}”。 | The data have no column "{column}".
    quality.fault.type-unfit | 列“{column}”的类型为“{type@policy.column-type.}”，不适用规则“{check@quality.check.}”。 | Column "{column}" is {type@policy.column-type.}; the check “{check@quality.check.}” does not apply.
    quality.fault.value-unreadable | “{value}”不能作为列“{column}”（{type@policy.column-type.}）的值。 | "{value}" cannot be a value of column "{column}" ({type@policy.column-type.}).
    quality.fault.bounds-missing | 范围和长度至少应有一个界限。 | A range or a length needs at least one bound.
    quality.fault.condition-unfit | 唯一、决定、引用和全表规则不能带行条件。 | Rules that compare rows, refer to other entries or judge the table take no row condition.
    quality.fault.reference-gone | 所引用的条目 {entry} 没有可供比对的数据版本：条目不存在、已下架、未挂接，或者既非本单位所有也非无条件共享、开放。 | Entry {entry} has no version to compare with: there is none, it is withdrawn or not hooked, or it is neither your unit's own nor shared or open without conditions.
    quality.fault.reference-column-missing | 所引用的条目中没有列“{column}”。 | The entry referred to has no column "{column}".
    quality.fault.reference-unfit | 列“{column}”（{type@policy.column-type.}）与所引用的“{key}”（{keyType@policy.column-type.}）类型不同。 | Column "{column}" ({type@policy.column-type.}) and the key "{key}" ({keyType@policy.column-type.}) are of different types.
    quality.fault.not-an-entry | “{value}”不是目录条目的编号。 | "{value}" is no id of an entry.
    quality.fault.days-missing | 指明日期所在列时，须同时指明生效或失效日期所在列。 | A day needs a column with the first or the last day of the keys.
    quality.fault.warned-beyond-failed | 提示比例应小于允许不合格比例。 | The share that warns is less than the share that may fail.
    quality.fault.engine | 引擎不能执行该规则：{reason} | The engine cannot run the rule: {reason}
    quality.fault.bound-range | 应在 0 至 {max} 之间。 | It lies between 0 and {max}.
    quality.fault.bounds-reversed | 上限不得小于下限。 | The upper bound is less than the lower one.
    quality.fault.share-range | 允许不合格比例应在 0 至 1000000（百万分之一）之间。 | The share that may fail lies between 0 and 1,000,000 parts per million.
    quality.fault.days-reversed | 失效日期早于生效日期。 | The last day is before the first.
    quality.fault.too-long | 最长 {max}。 | At most {max} long.
    quality.fault.too-many-values | 最多 {max} 个值。 | At most {max} values.
    quality.fault.repeated | 有重复。 | Something is repeated.
    quality.fault.required | 必填。 | Required.
    quality.fault.not-text | 应为文本。 | Text is expected.
    quality.fault.not-a-number | 应为整数。 | A whole number is expected.
    quality.fault.not-a-date | “{value}”不是日期（年-月-日）。 | "{value}" is not a date (yyyy-mm-dd).
    quality.fault.not-an-object | 应为一个对象。 | An object is expected.
    quality.fault.not-a-list | 应为规则列表。 | A list of rules is expected.
    quality.fault.unknown-word | “{value}”不在取值范围内：{known}。 | "{value}" is none of: {known}.
    quality.fault.unknown-member | 没有这一项。 | There is no such member.

    quality.rules | 质量规则 | Quality rules
    quality.no-rules-yet | 尚无规则。没有规则的数据不能发布。 | No rules yet. Data without rules cannot be published.
    quality.rule | 规则 | Rule
    quality.severity | 级别 | Severity
    quality.indicator | 评价指标 | Indicator
    quality.threshold | 允许不合格比例 | Share that may fail
    quality.warned-beyond | 超过 {share}% 即提示 | Warns beyond {share} %
    quality.compared-with | 比对依据 | Compared with
    quality.version-number | 所引用条目第 {number} 版 | Version {number} of the entry referred to
    quality.scores | 六性评分（GB/T 36344-2018） | Scores by dimension (GB/T 36344-2018)
    quality.dimension | 维度 | Dimension
    quality.score | 得分 | Score
    quality.rules-assessed | 参与评分的规则 | Rules that were assessed
    quality.score-history | 历次数据版本得分 | Scores of the versions
    quality.overall | 综合得分 | Overall
    quality.unit-percent | % | %
    quality.pack | “{column}”规则包：{kind@quality.check.} | Rule pack for "{column}": {kind@quality.check.}
    quality.adopt-pack | 采用规则包 | Adopt the pack
    quality.adopt-all | 全部采用 | Adopt all
    quality.rows-sheet | 不合格的行 | Failing rows
    quality.all-failing-rows | 浏览全部不合格的行 | All failing rows
    quality.masked-by-grade | 您不是该数据的管理人：一级数据原样显示，二级数据只显示首字，三级以上及未定级的数据不显示。 | You do not keep these data: level 1 is shown as it is, level 2 by its first character, anything higher or not graded not at all.
    quality.no-version-yet | 还没有数据版本。 | There is no version yet.
    quality.effective | 生效期间 | In force
    quality.last-verdict | 最近结果 | Last verdict
    quality.retire | 停用 | Retire
    quality.add | 增加规则 | Add the rule
    quality.adopt | 采用所选建议 | Adopt what is ticked
    quality.suggestions | 根据数据探查建议 | Suggested by the profile
    quality.profile | 数据概况 | Profile
    quality.profile-rows | 依据当前版本的全部 {rows} 行。取值较少的列显示常见值，其余只显示格式。 | From all {rows} rows of the version served. Of columns with few values the commonest are shown, of others only their shapes.
    quality.profile-columns | 各列概况 | Columns
    quality.profile-type | 类型 | Type
    quality.profile-filled | 填报率 | Filled
    quality.profile-distinct | 不同值（约） | Different values, about
    quality.profile-range | 范围 | Range
    quality.profile-lengths | {least} 至 {most} 字 | {least} to {most} characters
    quality.profile-kinds | 识别为 | Recognised as
    quality.profile-shapes | 常见值或格式（行数） | Commonest values or shapes (rows)
    quality.profile-none | 还没有发布过版本。 | No version has been published yet.
    quality.profile-dependencies | 列间决定关系 | Columns that determine others
    quality.profile-by | 此列相同时 | Where this column agrees
    quality.profile-determines | 此列也相同 | this one agrees too
    quality.profile-groups | 组数 | Groups
    quality.profile-kind.citizenID | 公民身份号码 | citizen ID number
    quality.profile-kind.uscc | 统一社会信用代码 | social credit code
    quality.profile-kind.mobile | 手机号码 | mobile number
    quality.profile-kind.bankCard | 银行卡号 | bank card number
    quality.profile-kind.email | 电子邮箱 | e-mail
    quality.profile-kind.passport | 护照号 | passport number
    quality.profile-kind.plate | 车牌号 | licence plate
    quality.profile-kind.ipAddress | IP 地址 | IP address
    quality.profile-kind.macAddress | MAC 地址 | MAC address
    quality.profile-kind.vin | 车辆识别代号 | VIN
    quality.profile-kind.personName | 姓名 | personal name
    quality.profile-kind.landLine | 固定电话 | land line
    quality.profile-kind.address | 地址 | address
    quality.profile-kind.health | 健康信息 | health
    quality.profile-within.citizenID | 文中含公民身份号码（{rows} 行） | citizen ID within ({rows} rows)
    quality.profile-within.uscc | 文中含统一社会信用代码（{rows} 行） | credit code within ({rows} rows)
    quality.profile-within.mobile | 文中含手机号码（{rows} 行） | mobile within ({rows} rows)
    quality.profile-within.bankCard | 文中含银行卡号（{rows} 行） | bank card within ({rows} rows)
    quality.profile-within.email | 文中含电子邮箱（{rows} 行） | e-mail within ({rows} rows)
    quality.profile-within.passport | 文中含护照号（{rows} 行） | passport within ({rows} rows)
    quality.profile-within.plate | 文中含车牌号（{rows} 行） | licence plate within ({rows} rows)
    quality.profile-within.ipAddress | 文中含IP 地址（{rows} 行） | IP address within ({rows} rows)
    quality.profile-within.landLine | 文中含固定电话（{rows} 行） | land line within ({rows} rows)
    quality.suggest | 根据数据建议规则 | Suggest rules from the data
    quality.counted | {evaluated} 行中 {failed} 行不合格 | {failed} of {evaluated} rows failed
    quality.added-done | 已增加 {count} 条规则。 | Rules added: {count}.
    quality.retired-done | 规则已停用。 | The rule is retired.
    quality.field.check | 检查内容 | Check
    quality.field.column | 列 | Column
    quality.field.other | 另一列 | Other column
    quality.field.entry | 引用的条目 | Entry referred to
    quality.field.key | 引用的列 | Its key column
    quality.field.validFrom | 生效日期所在列 | Its column of first days
    quality.field.validUntil | 失效日期所在列 | Its column of last days
    quality.field.on | 按哪一列的日期 | Day to look at
    quality.field.warned | 提示比例 | Share that warns
    quality.field.pattern | 格式 | Pattern
    quality.field.values | 允许值 | Values
    quality.field.low | 下限 | Lowest
    quality.field.high | 上限 | Highest
    quality.field.days | 天数 | Days
    quality.field.expression | 条件 | Condition
    quality.field.where | 前提（满足时才评价） | Only when
    quality.field.citation | 依据 | Citation
    quality.field.from | 生效日期 | In force from
    quality.field.to | 失效日期 | In force until
    quality.hint.from | 留空为今日。 | Empty means today.
    quality.hint.to | 留空为长期有效。 | Empty means until further notice.
    quality.known-columns | 数据中的列：{columns} | Columns of the data: {columns}
    quality.unit-ppm | ppm | ppm
    quality.open-ended | 长期有效 | Until further notice
    quality.until | 至 {to} | until {to}
    quality.failed | 不合格行数 | Failing rows
    quality.evaluated | 检查行数 | Rows evaluated
    quality.rule-title | 质量规则 · {demand} | Quality rule · {demand}
    quality.failing-rows | 不合格的行（只显示主键和规则涉及的列） | Rows that fail (keys and the rule's columns only)
    quality.row-number | 行号 | Row
    quality.column-named | {column} | {column}
    quality.no-failing-rows | 现用版本中没有不合格的行。 | No row of the version served fails.
    quality.failing-not-now | 暂时无法读取不合格的行。 | The failing rows cannot be read just now.
    quality.revise | 修订规则 | Revise the rule
    quality.revise-save | 保存为新修订 | Save as the next revision
    quality.revised-done | 已保存为第 {number} 次修订，下次发布数据版本时执行。 | Saved as revision {number}; it runs with the next version.
    quality.revisions | 修订记录 | Revisions
    quality.revision | 第 {number} 次修订 | Revision {number}
    quality.retire-consequence | 停用后不再检查该规则；以往的检查结果保留。 | The rule is no longer checked; what it found before remains.
    quality.catalogue | 数据目录 | Data catalogue
    quality.nothing-suggested | 现有规则已覆盖数据探查得出的建议，或者还没有数据版本。 | The rules cover what the profile suggests already, or there is no version yet.
    quality.hint.column | 唯一和决定可填写多列，用逗号分隔。 | For uniqueness and dependencies several columns, separated by commas.
    quality.hint.other | 日期先后：不早于第一列的列；决定：由前面各列决定的列。 | For an order of dates, the later one; for a dependency, what the columns before determine.
    quality.hint.entry | 条目编号或其页面地址；须为本单位的条目，或无条件共享、开放的条目。 | Its id or the address of its page; your unit's own, or shared or open without conditions.
    quality.hint.key | 本列的值须出现在该条目现行版本的这一列中。 | Values have to be in this column of the entry's current version.
    quality.hint.validFrom | 代码有沿革时填写（如行政区划代码）；空值表示不限。 | For codes with a history, such as division codes; no value there is without end.
    quality.hint.on | 本表中的日期列，如登记日期；留空按检查当日。 | A column of dates in these data; empty means the day of the check.
    quality.hint.warned | 不合格比例超过它即提示，超过允许比例才算不合格；留空为不提示。 | Beyond it the rule warns, and fails only beyond the share that may fail; empty never warns.
    quality.hint.pattern | 仅用于“格式”，须匹配全部内容。 | For a pattern only; the whole value must match.
    quality.hint.values | 仅用于“值域”，用逗号分隔。 | For a value list only, separated by commas.
    quality.hint.low | 用于“范围”（数值或日期）、“长度”（字符数）和“行数”。 | For a range, a number or a date; for a length, characters; for a row count, rows.
    quality.hint.days | 仅用于“时效”：最新日期距今的最大天数。 | For freshness only: how old the newest date may be.
    quality.hint.expression | 仅用于“条件”，如 起始日期 <= 截止日期，可跨列；涉及空值、无法判断的行不评价。 | For a condition only, such as 起始日期 <= 截止日期; rows of which it cannot be said are not judged.
    quality.hint.where | “当……时，应……”的前半句，如 status = '注销'；留空评价全部行。 | The first half of "when …, then …", such as status = '注销'; empty judges all rows.
    quality.hint.threshold | 按百万分率（ppm）填写，如 1000 即 0.1%；留空为不允许。 | Parts per million: 1000 is 0.1 %; empty allows none.

    quality.severity.blocking | 阻断 | Blocking
    quality.severity.warning | 提示 | Warning
    quality.verdict.passed | 合格 | Passed
    quality.verdict.warned | 合格，有提示 | Passed, with a warning
    quality.verdict.failed | 不合格 | Failed
    quality.verdict.not-assessable | 不可评价 | Not assessable
    quality.verdict.faulty | 规则无法执行 | Rule cannot run
    quality.gate.open | 通过 | Open
    quality.gate.open-with-warnings | 通过，有提示 | Open with warnings
    quality.gate.blocked | 不予发布 | Blocked
    quality.check.not-null | 必填 | Not empty
    quality.check.unique | 唯一 | Unique
    quality.check.pattern | 格式 | Pattern
    quality.check.enum | 值域 | Value list
    quality.check.range | 范围 | Range
    quality.check.citizen-id | 公民身份号码 | Citizen ID number
    quality.check.length | 长度 | Length
    quality.check.condition | 条件（可跨列） | Condition, over several columns
    quality.check.date-order | 日期先后 | Order of dates
    quality.check.determined | 决定（同则同） | Dependency: same here, same there
    quality.check.reference | 引用其他条目 | Reference to another entry
    quality.check.division-code | 行政区划代码 | Division code
    quality.check.person-name | 姓名 | Person's name
    quality.check.address | 地址 | Address
    quality.check.freshness | 时效（全表） | Freshness, of the table
    quality.check.row-count | 行数（全表） | Row count, of the table
    quality.check.uscc | 统一社会信用代码 | Unified social credit code
    quality.check.organisation-code | 组织机构代码 | Organisation code
    quality.check.mobile | 手机号码 | Mobile number
    quality.check.land-line | 固定电话号码（含区号） | Land line number with area code
    quality.check.bank-card | 银行卡号 | Bank card number
    quality.check.vin | 车辆识别代号 | Vehicle identification number
    quality.check.plate | 机动车号牌号码 | Number plate
    quality.check.postcode | 邮政编码 | Postcode
    quality.check.email | 电子邮箱 | E-mail address
    quality.demand.not-null | “{column}”应有值。 | "{column}" has a value.
    quality.demand.unique | “{column}”不应重复。 | "{column}" is unique.
    quality.demand.pattern | “{column}”应符合格式 {pattern}。 | "{column}" matches {pattern}.
    quality.demand.enum | “{column}”应为下列值之一：{values}。 | "{column}" is one of: {values}.
    quality.demand.range | “{column}”应在 {low} 至 {high} 之间。 | "{column}" lies between {low} and {high}.
    quality.demand.range-at-least | “{column}”应不小于 {low}。 | "{column}" is {low} or more.
    quality.demand.range-at-most | “{column}”应不大于 {high}。 | "{column}" is {high} or less.
    quality.demand.range-exactly | “{column}”应为 {low}。 | "{column}" is {low}.
    quality.demand.citizen-id | “{column}”应为有效的公民身份号码（GB 11643）。 | "{column}" is a valid citizen ID number (GB 11643).
    quality.demand.uscc | “{column}”应为有效的统一社会信用代码（GB 32100）。 | "{column}" is a valid unified social credit code (GB 32100).
    quality.demand.identifier | “{column}”应符合“{kind@quality.check.}”的编码规则。 | "{column}" is valid: {kind@quality.check.}.
    quality.demand.length | “{column}”应有 {low} 至 {high} 个字符。 | "{column}" has {low} to {high} characters.
    quality.demand.length-at-least | “{column}”应至少有 {low} 个字符。 | "{column}" has at least {low} characters.
    quality.demand.length-at-most | “{column}”应至多有 {high} 个字符。 | "{column}" has at most {high} characters.
    quality.demand.length-exactly | “{column}”应有 {low} 个字符。 | "{column}" has {low} characters.
    quality.demand.freshness | “{column}”最新的日期距今不超过 {days} 天。 | The newest "{column}" is at most {days} days old.
    quality.demand.row-count | 行数应在 {low} 至 {high} 之间。 | There are {low} to {high} rows.
    quality.demand.row-count-at-least | 行数应不少于 {low}。 | There are at least {low} rows.
    quality.demand.row-count-at-most | 行数应不多于 {high}。 | There are at most {high} rows.
    quality.demand.row-count-exactly | 行数应为 {low}。 | There are {low} rows.
    quality.demand.condition | 应满足 {expression}。 | {expression} is true.
    quality.demand.date-order | “{column}”应不晚于“{other}”。 | "{column}" is not after "{other}".
    quality.demand.determined | “{columns}”相同的行，“{column}”也应相同。 | Rows with the same "{columns}" have the same "{column}".
    quality.demand.reference | “{column}”应是条目 {entry} 的“{key}”之一。 | "{column}" is one of "{key}" of entry {entry}.
    quality.demand.reference-dated | “{column}”应是条目 {entry} 中当时有效的“{key}”。 | "{column}" is a "{key}" of entry {entry} that was in force on the day.
    quality.demand-where.not-null | 满足 {condition} 时，“{column}”应有值。 | Where {condition}: "{column}" has a value.
    quality.demand-where.pattern | 满足 {condition} 时，“{column}”应符合格式 {pattern}。 | Where {condition}: "{column}" matches {pattern}.
    quality.demand-where.enum | 满足 {condition} 时，“{column}”应为下列值之一：{values}。 | Where {condition}: "{column}" is one of: {values}.
    quality.demand-where.range | 满足 {condition} 时，“{column}”应在 {low} 至 {high} 之间。 | Where {condition}: "{column}" lies between {low} and {high}.
    quality.demand-where.range-at-least | 满足 {condition} 时，“{column}”应不小于 {low}。 | Where {condition}: "{column}" is {low} or more.
    quality.demand-where.range-at-most | 满足 {condition} 时，“{column}”应不大于 {high}。 | Where {condition}: "{column}" is {high} or less.
    quality.demand-where.range-exactly | 满足 {condition} 时，“{column}”应为 {low}。 | Where {condition}: "{column}" is {low}.
    quality.demand-where.citizen-id | 满足 {condition} 时，“{column}”应为有效的公民身份号码（GB 11643）。 | Where {condition}: "{column}" is a valid citizen ID number (GB 11643).
    quality.demand-where.uscc | 满足 {condition} 时，“{column}”应为有效的统一社会信用代码（GB 32100）。 | Where {condition}: "{column}" is a valid unified social credit code (GB 32100).
    quality.demand-where.identifier | 满足 {condition} 时，“{column}”应符合“{kind@quality.check.}”的编码规则。 | Where {condition}: "{column}" is valid: {kind@quality.check.}.
    quality.demand-where.length | 满足 {condition} 时，“{column}”应有 {low} 至 {high} 个字符。 | Where {condition}: "{column}" has {low} to {high} characters.
    quality.demand-where.length-at-least | 满足 {condition} 时，“{column}”应至少有 {low} 个字符。 | Where {condition}: "{column}" has at least {low} characters.
    quality.demand-where.length-at-most | 满足 {condition} 时，“{column}”应至多有 {high} 个字符。 | Where {condition}: "{column}" has at most {high} characters.
    quality.demand-where.length-exactly | 满足 {condition} 时，“{column}”应有 {low} 个字符。 | Where {condition}: "{column}" has {low} characters.
    quality.demand-where.condition | 满足 {condition} 时，应满足 {expression}。 | Where {condition}: {expression} is true.
    quality.demand-where.date-order | 满足 {condition} 时，“{column}”应不晚于“{other}”。 | Where {condition}: "{column}" is not after "{other}".

    quality.dimension.01 | 规范性 | Normativity
    quality.dimension.02 | 完整性 | Completeness
    quality.dimension.03 | 准确性 | Accuracy
    quality.dimension.04 | 一致性 | Consistency
    quality.dimension.05 | 时效性 | Timeliness
    quality.dimension.06 | 可访问性 | Accessibility
    quality.indicator.0101 | 数据标准 | Data standard
    quality.indicator.0102 | 数据模型 | Data model
    quality.rows-not-for-administrators | 三员分立下，系统管理员、安全管理员、审计员不查看数据，脱敏的也不查看。 | With three administrators, none of them looks at data, not even masked.
    quality.reveals | 明文查看记录 | Looks at masked values
    quality.reveals-why | 谁在何时因何事由查看了按级别脱敏的值。查看前已记入存证。 | Who looked at values that are masked by grade, when, and what for. Each was recorded before it was shown.
    quality.reveals-none | 没有人查看过明文。 | Nobody has looked.
    quality.reveal.title | 查看明文 | See the values
    quality.reveal.this-row | 本行明文 | this row
    quality.reveal.this-column | “{column}”列明文 | Values of “{column}”
    quality.reveal.row-why | 将显示第 {row} 行本页所列各列的明文，一次有效，刷新即失效。查看人、时间、事由先记入存证，页面带水印；每人每小时最多 {max} 次。 | Shows row {row} once, unmasked; loading the page again shows nothing. Who, when and what for are recorded first, and the page is marked. At most {max} an hour.
    quality.reveal.column-why | 将显示“{column}”列本页起最多 {rows} 行的明文，一次有效，刷新即失效。查看人、时间、事由先记入存证，页面带水印；每人每小时最多 {max} 次。 | Shows the column “{column}” of up to {rows} rows once, unmasked; loading the page again shows nothing. Who, when and what for are recorded first, and the page is marked. At most {max} an hour.
    quality.reveal.choose | 请选择 | Choose
    quality.reveal.reason | 事由 | What for
    quality.reveal.reason.complaint | 投诉、信访核查 | A complaint is looked into
    quality.reveal.reason.correction | 数据更正核对 | A correction is checked
    quality.reveal.reason.dispute | 异议、复议办理 | An objection is handled
    quality.reveal.reason.inspection | 监督检查 | An inspection
    quality.reveal.reason.incident | 安全事件处置 | An incident is handled
    quality.reveal.reason.other | 其他 | Something else
    quality.reveal.words | 具体说明 | In words
    quality.reveal.words-hint | 写明事项或文号，不要写个人信息。 | The matter or its number; no personal data.
    quality.reveal.words-erased | （已到期清除） | (erased: its time has come)
    quality.reveal.go | 记入存证并查看 | Record it and show
    quality.reveal.recorded | 本次查看已记入存证。离开或刷新本页后不再显示。 | This look is recorded. It is gone when you leave the page or load it again.
    quality.reveal.shown | 明文 | The values
    quality.reveal.at | 时间 | When
    quality.reveal.who | 查看人 | Who
    quality.reveal.entry | 目录条目 | Entry
    quality.reveal.extent | 范围 | What
    quality.reveal.one-row | 第 {row} 行 | row {row}
    quality.reveal.one-column | “{column}”列，自第 {row} 行起 {rows} 行 | “{column}” of {rows} rows from row {row}
    quality.reveal.reason-missing | 请选择事由。 | Choose what it is for.
    quality.reveal.words-missing | 请具体说明，{min} 至 {max} 字。 | Say what it is for in {min} to {max} characters.
    quality.reveal.moved | 数据已发布新版本，请返回列表重新选择。 | Another version is served by now: go back to the list.
    quality.reveal.used | 本页已失效，未显示任何内容。如仍需查看，请重新提交。 | This page was used already, and nothing was shown. Send it again if you still need to.
    quality.reveal.nothing | 没有这一行或这一列。 | There is no such row or column.
    quality.reveal.too-many | 一小时内最多查看 {max} 次，请稍后再试。 | At most {max} looks an hour: try again later.
    quality.indicator.0103 | 元数据 | Metadata
    quality.indicator.0104 | 业务规则 | Business rules
    quality.indicator.0105 | 权威参考数据 | Reference data
    quality.indicator.0106 | 安全规范 | Security rules
    quality.indicator.0201 | 数据元素完整性 | Completeness of elements
    quality.indicator.0202 | 数据记录完整性 | Completeness of records
    quality.indicator.0301 | 数据内容正确性 | Correctness of content
    quality.indicator.0302 | 数据格式合规性 | Conformity of format
    quality.indicator.0303 | 数据重复率 | Rate of repetition
    quality.indicator.0304 | 数据唯一性 | Uniqueness
    quality.indicator.0305 | 脏数据出现率 | Rate of dirty data
    quality.indicator.0401 | 相同数据一致性 | Consistency of the same datum
    quality.indicator.0402 | 关联数据一致性 | Consistency of related data
    quality.indicator.0501 | 基于时间段的正确性 | Correctness in a period
    quality.indicator.0502 | 基于时间点的及时性 | Timeliness at a point
    quality.indicator.0503 | 时序性 | Sequence
    quality.indicator.0601 | 可访问 | Accessible
    quality.indicator.0602 | 可用性 | Usable

    quality.suggested.no-nulls | 探查的 {rows} 行中该列没有空值。 | None of the {rows} profiled rows is empty here.
    quality.suggested.distinct | 探查中约 {distinct} 个不同值，与行数 {rows} 相当。 | About {distinct} distinct values in {rows} rows.
    quality.suggested.all-distinct | 探查的 {rows} 个值各不相同。 | All {rows} values are different.
    quality.suggested.few-values | 探查中只有 {distinct} 个不同值。 | Only {distinct} distinct values were found.
    quality.suggested.rare-values | {distinct} 个值之外，另有 {rare} 个罕见值共 {rows} 行（如 {values}），疑为错误，未列入。 | Beside {distinct} values there are {rare} rare ones in {rows} rows ({values}): errors most likely, and not listed.
    quality.suggested.shapes | 探查的 {rows} 个值都是这一格式。 | All {rows} values that were profiled look like this.
    quality.suggested.determined | 探查中 {groups} 组“{by}”相同的行（共 {rows} 行）无一例外。 | It held in all {groups} groups of rows with the same "{by}", {rows} rows in all.
    quality.suggested.order | 探查的 {rows} 行无一例外。 | It held in all {rows} rows that have both.
    quality.suggested.identifier | 非空值中有 {share}% 识别为该类标识符。 | {share} % of the values present are recognised as this identifier.
    quality.suggested.extremes | 探查中最小值 {low}，最大值 {high}。 | The profile found {low} as smallest and {high} as largest.
    """)
