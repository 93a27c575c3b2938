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
    policy.explain-case-number | 名单比对须逐行填写业务编号。 | Every row of a name list must carry a case number.
    policy.explain-retention | 用数单位承诺保存不超过 {days} 天，期满销毁。 | The recipient undertakes to keep the rows for {days} days at most.
    policy.explain-no-redistribution | 用数单位承诺不向他人提供。 | The recipient undertakes not to pass the rows on.
    policy.explain-open-public | 面向社会公众，无需申请。 | For the public, without a request.
    policy.delivery-csv | CSV 文件 | CSV file
    policy.delivery-parquet | Parquet 文件 | Parquet file
    policy.delivery-excel | Excel 文件 | Excel file
    policy.delivery-lookup | 按键查询接口 | look-ups by key
    policy.delivery-pages | 分页接口 | pages
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
    policy.clause-retention | 保存期限 | retention
    policy.clause-no-redistribution | 不得转供 | no redistribution
    """)
