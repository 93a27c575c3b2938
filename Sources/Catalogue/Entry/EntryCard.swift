package import Kernel

/// The core metadata of an entry: the thirteen elements of 政务信息资源目录编制指南(试行), 发改高技〔2017〕1272号, in its order.
///
/// A draft may leave anything empty; `faults` says what still stands between it and review.
package struct EntryCard: Hashable, Sendable {
    /// 信息资源分类: 类, 项, 目, 细目 as digits, `307016000000`.
    package var category: String
    /// 信息资源名称
    package var title: String
    /// 信息资源代码: category, `/`, sequence.
    package var resourceCode: String
    /// 信息资源提供方
    package var provider: String
    /// 提供方内部部门
    package var providerDivision: String
    /// 信息资源提供方代码 (GB 32100)
    package var providerUSCC: String
    /// 信息资源摘要
    package var abstract: String
    package var format: ResourceFormat
    package var items: [Item]
    package var share: ShareTerms
    package var open: OpenTerms
    package var updateCycle: UpdateCycle?
    /// 发布日期: filled in when the entry is first published.
    package var publishDate: CalendarDate?
    /// 关联资源代码
    package var relatedCodes: [String]

    package init(
        category: String = "", title: String = "", resourceCode: String = "", provider: String = "",
        providerDivision: String = "", providerUSCC: String = "", abstract: String = "",
        format: ResourceFormat = ResourceFormat(), items: [Item] = [], share: ShareTerms = ShareTerms(),
        open: OpenTerms = OpenTerms(), updateCycle: UpdateCycle? = nil, publishDate: CalendarDate? = nil,
        relatedCodes: [String] = []
    ) {
        self.category = category
        self.title = title
        self.resourceCode = resourceCode
        self.provider = provider
        self.providerDivision = providerDivision
        self.providerUSCC = providerUSCC
        self.abstract = abstract
        self.format = format
        self.items = items
        self.share = share
        self.open = open
        self.updateCycle = updateCycle
        self.publishDate = publishDate
        self.relatedCodes = relatedCodes
    }
}
