import Kernel
import Lake
import Policy
import Testing

@Suite struct `Values written as CSV` {
    private func line(_ values: [Value]) -> String {
        let types = values.map { value -> ColumnType in
            switch value {
            case .decimal(_, let scale): .decimal(precision: 20, scale: scale)
            case .integer: .integer
            case .boolean: .boolean
            default: .text
            }
        }
        var text = CSVText(types.enumerated().map { Column("c\($0.offset)", $0.element) })
        var out: [UInt8] = []
        text.append(values, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    @Test func `keep nothing apart from an empty text, and quote what would end a cell`() {
        #expect(
            line([.null, .text(""), .text("a,b"), .text("say \"x\""), .text("two\nlines")])
                == ",\"\",\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n")
        #expect(
            line([.decimal(unscaled: 1250, scale: 2), .integer(-5), .boolean(true)]) == "12.50,-5,true\r\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("@cmd", "'@cmd"), ("-5", "-5"), ("-5+x", "'-5+x"), ("+86 138", "'+86 138"),
        ("\tx", "'\tx"), ("\r=1", "\"'\r=1\""), ("王=1", "王=1"),
    ])
    func `are no formula to a spreadsheet`(text: String, written: String) {
        #expect(line([.text(text)]) == "\(written)\r\n")
    }
}
