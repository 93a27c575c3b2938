package import Kernel

package let useReportWords = Words(
    """
    use-report.nav | 使用情况报告 | Use reports
    use-report.reports | {year} 年使用情况报告 | Use reports of {year}
    use-report.report | {entry}：{year} 年使用情况报告 | {entry}: use in {year}
    use-report.why | 上年末仍有效的授权，由使用方按年报告使用情况；数字取自平台台账，提供方可以查看。 | For every grant in force when the year ended its recipient reports what it was used for. Figures are the ledger's; the provider reads them.
    use-report.year | 年度 | Year
    use-report.not-given | 未提交 | Not given
    use-report.empty | 没有应报告的授权。 | No grant is to be reported on.
    use-report.owed | 待提交的使用情况报告 | Use reports that are owed
    use-report.due | 应于 {due} 前提交。 | Due by {due}.
    use-report.figures | 平台台账数字 | Figures of the ledger
    use-report.releases | 文件、名单和推送次数 | Files, lists and pushes
    use-report.released-rows | 其中行数 | Rows in them
    use-report.called-rows | 接口调用行数 | Rows by look-up, page or stream
    use-report.rows | 总行数 | Rows in all
    use-report.days | 有用量的天数 | Days with use
    use-report.use | 用于何事 | What it was used for
    use-report.benefit | 取得的成效 | What came of it
    use-report.given-at | 提交时间 | Given
    use-report.give | 提交报告 | Give the report
    use-report.give-note | 提交后不能修改，数字以提交时台账为准。 | It cannot be changed afterwards; its figures are those of the ledger at that moment.
    use-report.given | 报告已提交。 | The report is given.
    use-report.not-found | 没有该年度的使用情况报告，或您无权查看 | There is no such report, or you may not see it
    use-report.given-before | 该年度的报告已经提交 | The report of that year is given already
    """)
