package import Kernel

package let explanationWords = Words(
    """
    policy.explain-column-plain | “{column}”（{grade@policy.grade-}）原样供出。 | “{column}” ({grade@policy.grade-}) leaves as it is.
    policy.explain-column-keep-ends | “{column}”（{grade@policy.grade-}）只保留前 {first} 位和后 {last} 位，其余以 * 代替。 | “{column}” ({grade@policy.grade-}): the first {first} and last {last} characters stay, the rest becomes *.
    policy.explain-column-surname | “{column}”（{grade@policy.grade-}）只保留姓，其余以 * 代替。 | “{column}” ({grade@policy.grade-}): the surname stays, the rest becomes *.
    policy.explain-column-year-only | “{column}”（{grade@policy.grade-}）只供出年份。 | “{column}” ({grade@policy.grade-}): only the year leaves.
    policy.explain-column-truncate | “{column}”（{grade@policy.grade-}）只供出前 {first} 个字符。 | “{column}” ({grade@policy.grade-}): only the first {first} characters leave.
    policy.explain-column-constant | “{column}”（{grade@policy.grade-}）一律以“{text}”代替。 | “{column}” ({grade@policy.grade-}): every value leaves as “{text}”.
    policy.explain-column-year-month | “{column}”（{grade@policy.grade-}）只供出年月，如 202611。 | “{column}” ({grade@policy.grade-}): only year and month leave, as 202611.
    policy.explain-column-band | “{column}”（{grade@policy.grade-}）只供出所在区间，区间宽度 {width}。 | “{column}” ({grade@policy.grade-}): only the range of {width} that holds it leaves.
    policy.explain-column-step | “{column}”（{grade@policy.grade-}）只供出 {step} 的整数倍（向零取整）。 | “{column}” ({grade@policy.grade-}): only whole multiples of {step} leave, towards zero.
    policy.explain-column-top-code | “{column}”（{grade@policy.grade-}）高于 {high} 的一律以 {high} 供出。 | “{column}” ({grade@policy.grade-}): what is above {high} leaves as {high}.
    policy.explain-column-bottom-code | “{column}”（{grade@policy.grade-}）低于 {low} 的一律以 {low} 供出。 | “{column}” ({grade@policy.grade-}): what is below {low} leaves as {low}.
    policy.explain-column-top-bottom-code | “{column}”（{grade@policy.grade-}）低于 {low} 的以 {low} 供出，高于 {high} 的以 {high} 供出。 | “{column}” ({grade@policy.grade-}): what is below {low} leaves as {low}, what is above {high} as {high}.
    policy.explain-column-county | “{column}”（{grade@policy.grade-}）只供出地址所属县区（{divisions}）；认不出县区的供出空值。 | “{column}” ({grade@policy.grade-}): only the county that the address names leaves ({divisions}); where none is recognised, nothing.
    policy.explain-column-decimals | “{column}”（{grade@policy.grade-}）只保留 {places} 位小数，其余截去。 | “{column}” ({grade@policy.grade-}): only {places} decimals leave, the rest is cut off.
    policy.explain-column-pseudonym | “{column}”（{grade@policy.grade-}）以本用途专用的假名供出，仅在同一用途内可关联。 | “{column}” ({grade@policy.grade-}) leaves as a pseudonym that can be joined within this purpose only.
    policy.explain-column-drop | “{column}”（{grade@policy.grade-}）不供出。 | “{column}” ({grade@policy.grade-}) does not leave.
    policy.explain-mask-keep-ends | “{column}”只保留前 {first} 位和后 {last} 位，其余以 * 代替。 | “{column}”: the first {first} and last {last} characters stay, the rest becomes *.
    policy.explain-mask-surname | “{column}”只保留姓，其余以 * 代替。 | “{column}”: the surname stays, the rest becomes *.
    policy.explain-mask-year-only | “{column}”只供出年份。 | “{column}”: only the year leaves.
    policy.explain-mask-truncate | “{column}”只供出前 {first} 个字符。 | “{column}”: only the first {first} characters leave.
    policy.explain-mask-constant | “{column}”一律以“{text}”代替。 | “{column}”: every value leaves as “{text}”.
    policy.explain-mask-year-month | “{column}”只供出年月，如 202611。 | “{column}”: only year and month leave, as 202611.
    policy.explain-mask-band | “{column}”只供出所在区间，区间宽度 {width}。 | “{column}”: only the range of {width} that holds it leaves.
    policy.explain-mask-step | “{column}”只供出 {step} 的整数倍（向零取整）。 | “{column}”: only whole multiples of {step} leave, towards zero.
    policy.explain-mask-top-code | “{column}”高于 {high} 的一律以 {high} 供出。 | “{column}”: what is above {high} leaves as {high}.
    policy.explain-mask-bottom-code | “{column}”低于 {low} 的一律以 {low} 供出。 | “{column}”: what is below {low} leaves as {low}.
    policy.explain-mask-top-bottom-code | “{column}”低于 {low} 的以 {low} 供出，高于 {high} 的以 {high} 供出。 | “{column}”: what is below {low} leaves as {low}, what is above {high} as {high}.
    policy.explain-mask-county | “{column}”只供出地址所属县区（{divisions}）；认不出县区的供出空值。 | “{column}”: only the county that the address names leaves ({divisions}); where none is recognised, nothing.
    policy.explain-mask-decimals | “{column}”只保留 {places} 位小数，其余截去。 | “{column}”: only {places} decimals leave, the rest is cut off.
    policy.explain-mask-pseudonym | “{column}”以本用途专用的假名供出，仅在同一用途内可关联。 | “{column}” leaves as a pseudonym that can be joined within this purpose only.
    policy.explain-mask-drop | “{column}”不供出。 | “{column}” does not leave.
    policy.explain-columns | 供出字段：{columns} | Columns: {columns}
    policy.explain-columns-withheld | 数据中另有 {count} 个字段不供出。 | {count} further columns of the data do not leave.
    policy.explain-rows-all | 供出全部行。 | Every row leaves.
    policy.explain-rows-some | 只供出符合以下条件的行：{condition} | Only rows for which this is true leave: {condition}
    policy.explain-purpose | 仅用于：{purpose} | For this purpose only: {purpose}
    policy.explain-validity | 自 {from} 起至 {to} 止有效（含首尾两日）。 | Valid from {from} to {to}, both days included.
    policy.explain-total-quota | 总量不超过 {rows} 行。 | No more than {rows} rows in all.
    policy.explain-daily-quota | 每日不超过 {rows} 行。 | No more than {rows} rows a day.
    policy.explain-no-quota | 未规定行数上限。 | No limit of rows is set.
    policy.explain-delivery-csv | 可以 CSV 文件供数。 | May leave as a CSV file.
    policy.explain-delivery-parquet | 可以 Parquet 文件供数。 | May leave as a Parquet file.
    policy.explain-delivery-excel | 可以 Excel 文件供数。 | May leave as an Excel file.
    policy.explain-delivery-lookup | 可通过接口按键查询。 | May be looked up by key.
    policy.explain-delivery-pages | 可通过接口分页读取。 | May be read page by page.
    policy.explain-delivery-name-list | 可以名单比对方式供数。 | May be matched against a name list.
    policy.explain-delivery-push | 可推送到申请单位自己的数据库表。 | May be pushed into a table of the recipient's own database.
    policy.explain-case-number | 名单比对须逐行填写业务编号。 | Every row of a name list must carry a case number.
    policy.explain-rows-listed | 只供出取值在清单之内的行。 | Only rows with a listed value leave.
    policy.explain-values | 只供出“{column}”为下列值之一的行（共 {count} 个）：{values} | Only rows in which “{column}” is one of {count} values leave: {values}
    policy.explain-coordinates | “{longitude}”和“{latitude}”一并只保留 {places} 位小数。 | “{longitude}” and “{latitude}” keep {places} decimals, both together.
    policy.explain-rate-calls-per-minute | 每分钟最多调用 {limit} 次。 | At most {limit} calls a minute.
    policy.explain-rate-calls-per-day | 每日最多调用 {limit} 次。 | At most {limit} calls a day.
    policy.explain-rate-rows-per-minute | 每分钟最多供出 {limit} 行。 | At most {limit} rows a minute.
    policy.explain-networks | 只向下列网络供数：{networks} | Answers only to these networks: {networks}
    policy.explain-hours-every-day | 只在每日 {from}–{to} 供数。 | Answers only from {from} to {to}.
    policy.explain-hours-working-days | 只在工作日 {from}–{to} 供数，以工作日历为准。 | Answers only on working days, from {from} to {to}, by the working-day calendar.
    policy.explain-hours-weekdays | 只在每周第 {weekdays} 天（周一为第 1 天）{from}–{to} 供数。 | Answers only on days {weekdays} of the week (Monday is 1), from {from} to {to}.
    policy.explain-joint-test | 联调测试通过（或由使用方放弃）之前，不供出任何数据。 | Nothing leaves before the joint test has passed, or the recipient has waived it.
    policy.explain-minimum-rows | 少于 {rows} 行的文件不予供出。 | A file of fewer than {rows} rows is not given.
    policy.explain-as-of-day | 只供出 {day} 及以前发布的最近一版数据。 | The newest version published by {day}, and none later.
    policy.explain-as-of-number | 只供出第 {number} 版数据。 | Version {number} only.
    policy.explain-tries | 同一键值每日最多核验 {tries} 次。 | At most {tries} verify calls a day for one key.
    policy.explain-delivery-verify | 只能核验：回答“一致”或“不一致”，不供出任何值。 | May be verified only: the answer is yes or no, and no value leaves.
    policy.explain-superior-consent | 经上级部门同意：{issuer} {on} {number} | With consent from above: {issuer}, {on}, {number}
    policy.explain-retention | 用数单位承诺保存不超过 {days} 天，期满销毁。 | The recipient undertakes to keep the rows for {days} days at most.
    policy.explain-no-redistribution | 用数单位承诺不向他人提供。 | The recipient undertakes not to pass the rows on.
    policy.explain-open-public | 面向社会公众，无需申请。 | For the public, without a request.
    policy.delivery-csv | CSV 文件 | CSV file
    policy.delivery-parquet | Parquet 文件 | Parquet file
    policy.delivery-excel | Excel 文件 | Excel file
    policy.delivery-lookup | 按键查询接口 | look-ups by key
    policy.delivery-pages | 分页接口 | pages
    policy.delivery-verify | 核验接口 | verify calls
    policy.delivery-name-list | 名单比对 | name lists
    policy.delivery-push | 库表推送 | table pushes
    policy.nature-control | 系统强制执行 | enforced by the platform
    policy.nature-promise | 用数单位承诺 | undertaken by the recipient
    policy.state-active | 生效 | active
    policy.state-suspended | 已暂停 | suspended
    policy.state-revoked | 已撤销 | revoked
    policy.state-expired | 已到期 | expired
    policy.sharing-unconditional | 无条件共享 | shared without conditions
    policy.sharing-conditional | 有条件共享 | shared under conditions
    policy.sharing-not-shared | 不予共享 | not shared
    policy.sharing-open | 无条件开放 | open to the public
    policy.mask-keep-ends | 保留首尾 | keep both ends
    policy.mask-surname | 保留姓 | keep the surname
    policy.mask-year-only | 只留年份 | year only
    policy.mask-truncate | 截断 | truncated
    policy.mask-constant | 固定值 | one text for all
    policy.mask-year-month | 只留年月 | year and month
    policy.mask-band | 区间化 | range
    policy.mask-step | 取整 | whole multiples
    policy.mask-top-code | 上限归并 | top code
    policy.mask-bottom-code | 下限归并 | bottom code
    policy.mask-top-bottom-code | 上下限归并 | top and bottom code
    policy.mask-county | 地址归到县区 | county of an address
    policy.mask-decimals | 限小数位 | fewer decimals
    policy.mask-drop | 不供出 | drop
    policy.mask-pseudonym | 假名 | pseudonym
    policy.clause-columns | 供出字段 | columns
    policy.clause-rows | 行条件 | rows
    policy.clause-mask | 脱敏 | mask
    policy.clause-purpose | 使用目的 | purpose
    policy.clause-validity | 有效期 | validity
    policy.clause-total-quota | 总量额度 | total quota
    policy.clause-daily-quota | 每日额度 | daily quota
    policy.clause-delivery | 供数方式 | delivery
    policy.clause-case-number | 业务编号 | case number
    policy.clause-values | 取值清单 | listed values
    policy.clause-coordinates | 坐标精度 | coordinates
    policy.clause-rate | 调用频率 | rate
    policy.clause-networks | 访问网络 | networks
    policy.clause-hours | 供数时段 | hours
    policy.clause-minimum-rows | 最少行数 | minimum rows
    policy.clause-as-of | 数据时点 | as-of
    policy.clause-tries | 核验次数 | tries
    policy.clause-superior-consent | 上级部门同意 | Consent from above
    policy.clause-joint-test | 联调测试 | joint test
    policy.clause-retention | 保存期限 | retention
    policy.clause-no-redistribution | 不得转供 | no redistribution
    """)
