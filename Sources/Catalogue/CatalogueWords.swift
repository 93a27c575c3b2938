package import Kernel

package let catalogueWords = Words(
    """
    catalogue.incomplete | 目录条目有 {count} 处需要更正。 | The entry has {count} fields to correct.
    catalogue.unknown | 没有编号为 {id} 的目录条目，或您无权查看。 | There is no entry {id}, or you may not see it.
    catalogue.in-review | 该条目正在审核，审核结束前不能修改。 | The entry is in review and cannot be changed until that ends.
    catalogue.in-review-remedy | 可先撤回，修改后重新提交。 | Recall it, change it and submit it again.
    catalogue.not-in-review | 该条目没有待审核的内容。 | Nothing of this entry is in review.
    catalogue.not-published | 该条目未发布，不能执行此操作。 | The entry is not published, so this cannot be done.
    catalogue.nothing-proposed | 该条目没有草稿。 | The entry has no draft.
    catalogue.own-proposal | 编制、修改或提交该草稿的人员不得审核本人经手的草稿。 | Whoever drafted, edited or submitted a draft may not review it.
    catalogue.reason-needed | 请填写理由。 | Give a reason.
    catalogue.code-fixed | 信息资源代码 {code} 已发布，不得更改。 | The resource code {code} has been published and cannot change.
    catalogue.code-taken | 信息资源代码 {code} 已被其他条目使用。 | Another entry already has the resource code {code}.
    catalogue.moved | 该条目已被他人修改（您看到第 {expected} 版，现为第 {found} 版）。 | Someone changed the entry (you saw revision {expected}, it is now {found}).
    catalogue.moved-remedy | 请刷新后查看变更，再行操作。 | Reload, read the change, then act.
    catalogue.query-too-long | 检索词不得超过 {max} 个字符。 | A query may have at most {max} characters.
    catalogue.too-many-to-export | 共有 {found} 条，超过导出上限 {max} 条。 | {found} entries exceed the export limit of {max}.
    catalogue.too-many-to-export-remedy | 请缩小筛选范围后导出。 | Narrow the filter, then export.
    catalogue.import-rejected | 导入文件有 {count} 处错误，未导入任何条目。 | Errors in the file: {count}. Nothing was imported.
    catalogue.import-empty | 导入文件没有条目。 | The file has no entries.
    catalogue.import-too-large | 导入文件超过上限（{bytesMax} 字节或 {entriesMax} 个条目）。 | The file exceeds the limit ({bytesMax} bytes or {entriesMax} entries).
    catalogue.import-not-utf8 | 导入文件不是 UTF-8 编码。 | The file is not UTF-8.
    catalogue.import-column-unknown | 导入文件的列“{column}”不是目录要素。 | The file's column "{column}" is no catalogue element.
    catalogue.import-column-missing | 导入文件缺少列“{column}”。 | The file lacks the column "{column}".
    catalogue.import-quote | 第 {line} 行引号未闭合。 | A quote that opens on line {line} is never closed.
    catalogue.account-needed | 请先登录。 | Sign in first.
    catalogue.no-scheme | 今日没有生效的信息资源分类方案。 | No edition of the category scheme is in force today.

    catalogue.fault.required | 必填。 | Required.
    catalogue.fault.too-long | 最多 {max} 个字符，现为 {found} 个。 | At most {max} characters; there are {found}.
    catalogue.fault.category-form | 信息资源分类应为类、项、目、细目的数字代码，至少 6 位，首位为 1 至 3。 | The category is 类, 项, 目 and 细目 as at least 6 digits, beginning with 1 to 3.
    catalogue.fault.category-unknown | {scheme} 没有类项 {group}。 | {scheme} has no class and group {group}.
    catalogue.fault.code-form | 代码格式应为“分类码/顺序码”，如 307016000000/000001。 | A code is category/sequence, as in 307016000000/000001.
    catalogue.fault.code-category | 代码应以所选分类 {category} 开头。 | The code must begin with the category {category}.
    catalogue.fault.code-own | 关联资源代码不得为本条目的代码。 | A related code cannot be the entry's own.
    catalogue.fault.uscc-form | 不是有效的统一社会信用代码（GB 32100）。 | Not a valid unified social credit code (GB 32100).
    catalogue.fault.items-needed | 数据库和电子表格类资源应列出信息项。 | A database or spreadsheet must list its items.
    catalogue.fault.too-many-items | 信息项不得超过 {max} 个。 | At most {max} items.
    catalogue.fault.too-many-codes | 关联资源代码不得超过 {max} 个。 | At most {max} related codes.
    catalogue.fault.share-condition-needed | 有条件共享应写明共享条件。 | Conditional sharing must state its condition.
    catalogue.fault.legal-basis-needed | 不予共享应写明法律、行政法规或国务院政策依据。 | Withholding must cite a law, an administrative regulation or a State Council policy.
    catalogue.fault.open-condition-needed | 有条件开放应写明开放条件。 | Conditional opening must state its condition.
    catalogue.fault.open-but-withheld | 不予共享的资源不得向社会开放。 | What is withheld from sharing cannot be open to society.
    catalogue.fault.item-open-but-closed | 条目不予开放或该信息项不予共享，该信息项不得开放。 | The item cannot be open while the entry is closed or the item is withheld.
    catalogue.fault.length-needed | 字符型信息项应注明长度。 | A character item must state its length.
    catalogue.fault.length-range | 长度应在 1 至 {max} 之间。 | The length lies between 1 and {max}.
    catalogue.fault.repeated | “{value}”重复。 | "{value}" is repeated.
    catalogue.fault.not-an-object | 应为一个对象。 | An object is expected.
    catalogue.fault.not-text | 应为文本。 | Text is expected.
    catalogue.fault.not-a-number | 应为整数。 | A whole number is expected.
    catalogue.fault.not-a-boolean | 应为是或否。 | True or false is expected.
    catalogue.fault.not-a-list | 应为列表。 | A list is expected.
    catalogue.fault.not-a-date | “{value}”不是日期（年-月-日）。 | "{value}" is not a date (yyyy-mm-dd).
    catalogue.fault.unknown-word | “{value}”不在取值范围内：{known}。 | "{value}" is none of: {known}.
    catalogue.fault.unknown-member | 没有这一要素。 | There is no such element.

    catalogue.fault.import-cells | 单元格多于标题行的 {expected} 列。 | The row has more cells than the {expected} headings.
    catalogue.fault.import-too-many | 最多导入 {max} 个条目。 | At most {max} entries can be imported.

    catalogue.field.category | 信息资源分类 | Category
    catalogue.field.title | 信息资源名称 | Title
    catalogue.field.resourceCode | 信息资源代码 | Resource code
    catalogue.field.provider | 信息资源提供方 | Provider
    catalogue.field.providerDivision | 提供方内部部门 | Provider's division
    catalogue.field.providerUSCC | 信息资源提供方代码 | Provider's code
    catalogue.field.abstract | 信息资源摘要 | Abstract
    catalogue.field.formatClass | 信息资源格式 | Format
    catalogue.field.formatType | 格式类型 | Format type
    catalogue.field.items | 信息项 | Items
    catalogue.field.shareType | 共享类型 | Sharing
    catalogue.field.shareCondition | 共享条件 | Sharing condition
    catalogue.field.legalBasis | 不予共享依据 | Legal basis of withholding
    catalogue.field.shareMode | 共享方式 | Sharing mode
    catalogue.field.openType | 开放类型 | Opening
    catalogue.field.openCondition | 开放条件 | Opening condition
    catalogue.field.updateCycle | 更新周期 | Update cycle
    catalogue.field.publishDate | 发布日期 | Published on
    catalogue.field.relatedCodes | 关联资源代码 | Related codes
    catalogue.field.itemColumn | 字段名 | Column
    catalogue.field.itemName | 信息项名称 | Item
    catalogue.field.itemType | 数据类型 | Data type
    catalogue.field.itemLength | 数据长度 | Length
    catalogue.field.itemShareType | 信息项共享类型 | Item's sharing
    catalogue.field.itemOpen | 是否开放 | Open item
    catalogue.field.itemDescription | 信息项说明 | Item's description
    catalogue.field.state | 状态 | State
    catalogue.field.grade | 数据级别 | Grade
    catalogue.field.itemCount | 信息项数 | Number of items

    catalogue.list | 数据目录 | Data catalogue
    catalogue.list-why | 各单位掌握的数据资源，按共享和开放属性可查、可申请。 | What the departments hold: to be found, and asked for by its terms of sharing and opening.
    catalogue.entries | 目录条目 | Entries
    catalogue.search | 检索名称、摘要、提供方或信息项 | Search titles, abstracts, providers and items
    catalogue.any | 不限 | Any
    catalogue.none-found | 没有符合条件的目录条目。 | No entry matches.
    catalogue.new | 编制新条目 | New entry
    catalogue.import | 批量导入 | Import
    catalogue.import-why | 每行一个信息项；条目自身的要素写在首行，其余行可留空。全部正确才会导入。 | One row an item; the entry's own elements stand in its first row. All rows are imported, or none.
    catalogue.import-file | UTF-8 编码的 CSV 或制表符分隔文件 | A CSV or tab-separated file in UTF-8
    catalogue.import-columns | 可用的列（也可用中文名称）： | The columns it may have (or their names):
    catalogue.imported-done | 已导入 {count} 个条目为草稿。 | Entries imported as drafts: {count}.
    catalogue.entry-title | {title} · 数据目录 | {title} · Data catalogue
    catalogue.not-said | 未填写 | Not said
    catalogue.edit | 修改条目 | Edit
    catalogue.review | 审核条目 | Review
    catalogue.request | 申请使用 | Request this data
    catalogue.into-application | 加入一事多项申请 | Into an application
    catalogue.demand-consent | 设定须经上级部门同意 | Demand consent from above
    catalogue.announce-ends | 预告终止全部授权 | Announce the end of all grants
    catalogue.rules | 质量规则 | Quality rules
    catalogue.grades | 数据定级 | Grades
    catalogue.withdraw | 下架 | Withdraw
    catalogue.submit | 提交审核 | Submit for review
    catalogue.recall | 撤回 | Recall
    catalogue.discard | 放弃草稿 | Discard the draft
    catalogue.publish | 审核通过并发布 | Approve and publish
    catalogue.send-back | 退回修改 | Send back
    catalogue.save-draft | 保存草稿 | Save the draft
    catalogue.yes | 是 | Yes
    catalogue.no | 否 | No
    catalogue.withdrawn-because | 该条目已下架：{reason} | This entry was withdrawn: {reason}
    catalogue.returned-because | 审核退回：{reason} | Sent back by the reviewer: {reason}
    catalogue.pending.draft | 该条目另有修改草稿，发布前不影响对外显示的内容。 | A changed draft exists; what others see stays as it is until it is published.
    catalogue.pending.in-review | 该条目的修改正在审核。 | A change of this entry is in review.
    catalogue.changed-fields | 变更 {count} 处 | {count} changes
    catalogue.history | 办理记录 | History
    catalogue.no-items | 没有信息项。 | No items.
    catalogue.versions | 数据版本 | Versions
    catalogue.version-at | 发布时间 | Published
    catalogue.version-rows | 行数 | Rows
    catalogue.version-number | 版本 | Version
    catalogue.version-named | 第 {number} 版 | Version {number}
    catalogue.version-rejected | 拒收行数 | Rejected
    catalogue.version-digest | 内容摘要 | Content digest
    catalogue.version-served | 现用 | Served
    catalogue.version-past | 历史 | Past
    catalogue.discard-question | 放弃对“{title}”的修改？ | Discard the changes to “{title}”?
    catalogue.discard-consequence | 未发布的修改将不再保留；已发布的内容不受影响。 | The unpublished changes are not kept; what is published stays as it is.
    catalogue.no-versions | 尚未挂接数据。 | No data are hooked yet.
    catalogue.holders | 授权使用情况 | Who has it
    catalogue.holder | 使用单位 | Recipient
    catalogue.holder-purpose | 用途 | Purpose
    catalogue.holder-until | 有效期至 | Valid until
    catalogue.no-holders | 尚无授权，或您无权查看。 | Nobody yet, or nobody you may know of.
    catalogue.changes | 变更内容 | Changes
    catalogue.change-field | 要素 | Element
    catalogue.change-before | 现为 | Now
    catalogue.change-after | 改为 | Proposed
    catalogue.no-changes | 与已发布内容一致。 | The same as what is published.
    catalogue.return-reason | 退回理由 | Reason for sending back
    catalogue.withdraw-reason | 下架理由 | Reason for withdrawal
    catalogue.withdraw-question | 确定下架“{title}”吗？ | Withdraw "{title}"?
    catalogue.withdraw-unseen | 其他单位和公众将不再看到该条目，也不能申请。 | Other units and the public no longer see it or can ask for it.
    catalogue.withdraw-history | 办理记录和存证予以保留。 | Its history and evidence stay.
    catalogue.draft-saved | 草稿已保存。 | The draft is saved.
    catalogue.submitted-done | 已提交审核。 | It is in review.
    catalogue.recalled-done | 已撤回为草稿。 | It is a draft again.
    catalogue.discarded-done | 草稿已放弃。 | The draft is gone.
    catalogue.published-done | 条目已发布。 | The entry is published.
    catalogue.returned-done | 已退回。 | It was sent back.
    catalogue.withdrawn-done | 条目已下架。 | The entry is withdrawn.
    catalogue.hint.category | 类、项、目、细目的数字代码，如 202001。 | The digits of 类, 项, 目 and 细目, as in 202001.
    catalogue.hint.code | 留空则按分类自动编码；发布后不得更改。 | Left empty, the next of the category is given; it never changes once published.
    catalogue.hint.items | 保存后自动增加空行。 | Saving adds blank rows.
    catalogue.grade.none | 未定级 | Not graded
    catalogue.grade.important | 重要数据 | Important data
    catalogue.grade.core | 核心数据 | Core data

    catalogue.state.draft | 草稿 | Draft
    catalogue.state.in-review | 审核中 | In review
    catalogue.state.published | 已发布 | Published
    catalogue.state.withdrawn | 已下架 | Withdrawn
    catalogue.act.succeeded | 由承接单位接管 | Taken over by its unit's successor
    catalogue.act.drafted | 编制 | Drafted
    catalogue.act.revised | 修改 | Revised
    catalogue.act.submitted | 提交审核 | Submitted
    catalogue.act.recalled | 撤回 | Recalled
    catalogue.act.returned | 退回 | Returned
    catalogue.act.published | 发布 | Published
    catalogue.act.withdrawn | 下架 | Withdrawn
    catalogue.act.discarded | 放弃草稿 | Draft discarded

    catalogue.share-type.unconditional | 无条件共享 | Unconditional sharing
    catalogue.share-type.conditional | 有条件共享 | Conditional sharing
    catalogue.share-type.withheld | 不予共享 | Not shared
    catalogue.share-mode.platform | 共享平台 | Sharing platform
    catalogue.share-mode.mail | 邮件 | Mail
    catalogue.share-mode.disk | 拷盘 | Disk copy
    catalogue.share-mode.media | 介质交换 | Exchange of media
    catalogue.open-type.unconditional | 无条件开放 | Open
    catalogue.open-type.conditional | 有条件开放 | Conditionally open
    catalogue.open-type.closed | 不予开放 | Not open
    catalogue.update-cycle.real-time | 实时 | Real time
    catalogue.update-cycle.daily | 每日 | Daily
    catalogue.update-cycle.weekly | 每周 | Weekly
    catalogue.update-cycle.monthly | 每月 | Monthly
    catalogue.update-cycle.quarterly | 每季度 | Quarterly
    catalogue.update-cycle.half-yearly | 每半年 | Half-yearly
    catalogue.update-cycle.yearly | 每年 | Yearly
    catalogue.update-cycle.irregular | 不定期 | Irregular
    catalogue.format.document | 电子文件 | Document
    catalogue.format.spreadsheet | 电子表格 | Spreadsheet
    catalogue.format.database | 数据库 | Database
    catalogue.format.image | 图形图像 | Image
    catalogue.format.stream | 流媒体 | Streaming media
    catalogue.format.self-describing | 自描述格式 | Self-describing
    catalogue.item-type.C | 字符型 | Character
    catalogue.item-type.N | 数值型 | Number
    catalogue.item-type.Y | 货币型 | Money
    catalogue.item-type.D | 日期型 | Date
    catalogue.item-type.T | 日期时间型 | Date and time
    catalogue.item-type.L | 逻辑型 | Logical
    catalogue.item-type.M | 备注型 | Memo
    catalogue.item-type.G | 通用型 | General
    catalogue.item-type.B | 双精度型 | Double precision
    catalogue.item-type.I | 整型 | Integer
    catalogue.item-type.F | 浮点型 | Floating point

    catalogue.category.101 | 国家人口基础信息资源 | Population base
    catalogue.category.102 | 法人单位基础信息资源 | Legal-entity base
    catalogue.category.103 | 自然资源和空间地理基础信息资源 | Natural-resource and geospatial base
    catalogue.category.104 | 社会信用基础信息资源 | Social-credit base
    catalogue.category.105 | 电子证照基础信息资源 | Electronic-licence base
    catalogue.category.201 | 公共服务 | Public services
    catalogue.category.202 | 健康保障 | Health
    catalogue.category.203 | 社会保障 | Social security
    catalogue.category.204 | 食品药品安全 | Food and drug safety
    catalogue.category.205 | 安全生产 | Work safety
    catalogue.category.206 | 价格监管 | Price supervision
    catalogue.category.207 | 能源安全 | Energy security
    catalogue.category.208 | 信用体系 | Credit system
    catalogue.category.209 | 城乡建设 | Urban and rural construction
    catalogue.category.210 | 社区治理 | Community governance
    catalogue.category.211 | 生态环保 | Environment
    catalogue.category.212 | 应急维稳 | Emergency and stability
    catalogue.category.301 | 党中央 | Central Party organs
    catalogue.category.302 | 全国人大常委会 | Standing Committee of the National People's Congress
    catalogue.category.303 | 国务院 | State Council
    catalogue.category.304 | 全国政协 | National Committee of the CPPCC
    catalogue.category.305 | 最高人民法院 | Supreme People's Court
    catalogue.category.306 | 最高人民检察院 | Supreme People's Procuratorate
    catalogue.category.307 | 省（自治区、直辖市）及其下各级政务部门 | Provinces and the departments below them
    catalogue.category.308 | 计划单列市及其下各级政务部门 | Separately planned cities and the departments below them
    catalogue.category.309 | 新疆生产建设兵团 | Xinjiang Production and Construction Corps

    catalogue.api.ok | 成功 | done
    catalogue.api.unchanged | 与调用方已有的内容相同 | the caller has it already
    catalogue.api.list | 查询目录条目 | Search the catalogue
    catalogue.api.list-about | 不带令牌的，只列出向社会开放的条目。 | Without a token, what is open to the public.
    catalogue.api.words | 须包含的词语 | Words that the entry must contain
    catalogue.api.read | 查看一个目录条目 | One entry
    """)
