import Cryptography
import Hummingbird
package import Kernel
import NIOCore
import Policy

/// Rows as JSON text, written straight into the answer's buffer: a look-up spends its time on evidence, not on trees.
enum RowsJSON {
    static func response(_ answer: RowsAnswer, next: String?, hasKeys: Bool) -> Response {
        var out = ByteBuffer()
        out.reserveCapacity(512 + answer.rows.count * 96)
        let head = head(of: answer, next: next, hasKeys: hasKeys)
        out.writeString(String(JSON.object(head).canonical.dropLast()))
        out.writeString(",\"rows\":[")
        for (position, row) in answer.rows.enumerated() {
            out.writeString(position > 0 ? ",[" : "[")
            for (column, value) in row.values.enumerated() {
                if column > 0 { out.writeStaticString(",") }
                out.writeString(json(value).canonical)
            }
            out.writeStaticString("]")
        }
        out.writeStaticString("]")
        if hasKeys {
            // Which key of the request found the row, from 0.
            out.writeStaticString(",\"rowKeys\":[")
            out.writeString(answer.rows.map { String($0.key ?? 0) }.joined(separator: ","))
            out.writeStaticString("]")
        }
        out.writeStaticString("}")
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: out))
    }

    /// All but the rows.
    fileprivate static func head(of answer: RowsAnswer, next: String?, hasKeys: Bool) -> [String: JSON] {
        var head: [String: JSON] = [
            "release": .string(answer.release.text), "leaf": .string(answer.leaf.text),
            "leafId": .string(answer.leafID.text), "grant": .string(answer.grant.text),
            "revision": .integer(Int64(answer.revision)), "version": .string(answer.version.text),
            "versionNumber": .integer(Int64(answer.versionNumber)),
            "columns": .array(answer.columns.map { .string($0.name) }),
        ]
        if !hasKeys {
            // A look-up does not tell a key that is not there from one that the grant keeps back.
            head["withheld"] = .integer(Int64(answer.withheld))
            head["next"] = next.map { .string($0) } ?? .null
        }
        return head
    }

    /// Decimals and doubles as text, so that no reader rounds them; dates and moments as ISO 8601.
    fileprivate static func json(_ value: Value) -> JSON {
        switch value {
        case .null: .null
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .decimal, .double: .string(value.plainText)
        case .boolean(let truth): .boolean(truth)
        case .date(let date): .string(date.description)
        case .timestamp(let instant): .string(instant.description)
        }
    }
}

extension RowsAnswer {
    /// The document that the API answers a look-up with.
    package var lookUpJSON: JSON {
        var members = RowsJSON.head(of: self, next: nil, hasKeys: true)
        members["rows"] = rowsJSON
        members["rowKeys"] = .array(rows.map { .integer(Int64($0.key ?? 0)) })
        return .object(members)
    }

    /// The document that the API answers a page with; `next` is the cursor after it.
    package func pageJSON(next: String?) -> JSON {
        var members = RowsJSON.head(of: self, next: next, hasKeys: false)
        members["rows"] = rowsJSON
        return .object(members)
    }

    /// A row is a list of values in the order of `columns`.
    package var rowsJSON: JSON { .array(rows.map { .array($0.values.map(RowsJSON.json)) }) }
}
