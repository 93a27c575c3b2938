import Lake

/// The template that is there without any upload: a plain letter (信函, GB/T 9704-2012 clause 10.1 as far as margins, type and the order of
/// elements go). A unit's own letterhead is a template of its own.
package enum BuiltInTemplate {
    package static let fileName = "GBT9704"

    package static var document: WordDocument {
        WordDocument(
            made: PackedFolder(
                made: [
                    (WordDocument.types, Array(types.utf8)), ("_rels/.rels", Array(relations.utf8)),
                    (WordDocument.body, Array(body.utf8)),
                ]))
    }

    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

    private static let types =
        head + """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
            <Default Extension="xml" ContentType="application/xml"/>\
            <Override PartName="/word/document.xml" \
            ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\
            </Types>
            """

    private static let relations =
        head + """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
            <Relationship Id="rId1" \
            Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
            Target="word/document.xml"/></Relationships>
            """

    /// Half points: 二号 is 44, 三号 is 32, 四号 is 28.
    private static var body: String {
        let paragraphs = [
            paragraph("{{单位名称}}", font: "小标宋", halfPoints: 52, align: "center", colour: "C00000", rule: true),
            paragraph("{{紧急程度}}", font: "黑体", halfPoints: 32, align: "left"),
            paragraph("{{文号}}", font: "仿宋", halfPoints: 32, align: "right"), paragraph("", halfPoints: 32),
            paragraph("{{标题}}", font: "小标宋", halfPoints: 44, align: "center"), paragraph("", halfPoints: 32),
            paragraph("{{主送}}：", halfPoints: 32), paragraph("{{正文}}", halfPoints: 32, isIndented: true),
            paragraph("", halfPoints: 32), paragraph("", halfPoints: 32),
            paragraph("{{单位名称}}", halfPoints: 32, align: "right"),
            paragraph("{{印章}}", halfPoints: 32, align: "right"),
            paragraph("{{成文日期}}", halfPoints: 32, align: "right"), paragraph("", halfPoints: 32),
            paragraph("抄送：{{抄送}}", halfPoints: 28, rule: true),
        ]
        // A4 in twentieths of a point; 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm (clause 5.2.1).
        return head
            + "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
            + paragraphs.joined()
            + "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
            + "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1985\" w:left=\"1588\" w:header=\"851\""
            + " w:footer=\"992\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    }

    private static func paragraph(
        _ text: String, font: String = "仿宋", halfPoints: Int, align: String = "both", colour: String? = nil,
        isIndented: Bool = false, rule: Bool = false
    ) -> String {
        let face = font == "小标宋" ? "方正小标宋简体" : font == "仿宋" ? "仿宋_GB2312" : font
        let look =
            "<w:rPr><w:rFonts w:ascii=\"\(face)\" w:eastAsia=\"\(face)\" w:hAnsi=\"\(face)\"/>"
            + (colour.map { "<w:color w:val=\"\($0)\"/>" } ?? "")
            + "<w:sz w:val=\"\(halfPoints)\"/><w:szCs w:val=\"\(halfPoints)\"/></w:rPr>"
        let border =
            rule
            ? "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"1\" w:color=\"\(colour ?? "000000")\"/></w:pBdr>"
            : ""
        // 28 points a line: 22 lines a page.
        let layout =
            "<w:pPr>\(border)<w:spacing w:line=\"560\" w:lineRule=\"\(halfPoints > 32 ? "atLeast" : "exact")\"/>"
            + (isIndented ? "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>" : "")
            + "<w:jc w:val=\"\(align)\"/></w:pPr>"
        let run = text.isEmpty ? "" : "<w:r>\(look)<w:t>\(text)</w:t></w:r>"
        return "<w:p>\(layout)\(run)</w:p>"
    }
}
