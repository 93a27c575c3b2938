import Kernel
import Lake
import Policy
import Web

/// What the two pages can look like, for the tests that look at all pages.
extension JointTest {
    static func sample(_ delivery: DeliveryKind) -> JointTest {
        JointTest(
            id: JointTestID(high: 7 << 48, low: 2 << 62), grant: Grant.sample.id, revision: 1,
            planDigest: String(repeating: "ab", count: 32), delivery: delivery, seed: 20_261_128,
            rowsMade: 100, rowsOut: 75, bytes: isFile(delivery) ? 18_320 : nil,
            sha256: String(repeating: "5a", count: 32), madeBy: AccountID(high: 1 << 48, low: 2 << 62),
            madeAt: Grant.sample.signedAt, leaf: LeafID(high: 8 << 48, low: 2 << 62))
    }
}

extension JointTestFault {
    static func sample(answer: String?) -> JointTestFault {
        let account = AccountID(high: 1 << 48, low: 2 << 62)
        return JointTestFault(
            id: JointTestFaultID(high: 9 << 48, low: 2 << 62), grant: Grant.sample.id,
            test: JointTest.sample(.csv).id, told: "“备注”列含换行时，导入程序把一行读成两行。", toldBy: account,
            toldAt: Grant.sample.signedAt, answer: answer, answeredBy: answer == nil ? nil : account,
            answeredAt: answer == nil ? nil : Grant.sample.signedAt)
    }
}

extension JointTestPage {
    package static let samples: [JointTestPage] = {
        let account = AccountID(high: 1 << 48, low: 2 << 62)
        func word(_ side: JointTestWord.Side, _ verdict: JointTestWord.Verdict) -> JointTestWord {
            JointTestWord(
                side: side, verdict: verdict, note: "", by: account, at: Grant.sample.signedAt, undoneAt: nil)
        }
        func content(
            _ tests: [JointTest], _ faults: [JointTestFault], _ words: [JointTestWord], isRequired: Bool,
            may: Set<Action>
        ) -> Content {
            Content(
                grant: .sample, entry: "最低生活保障对象信息",
                record: JointTestRecord(
                    grant: Grant.sample.id, isRequired: isRequired, tests: tests, faults: faults,
                    words: words,
                    pushes: tests.isEmpty
                        ? []
                        : [
                            .sample(.done, .there), .sample(.failed, .none), .sample(.running, .none),
                            .sample(.failed, .clearing), .sample(.done, .left),
                        ]),
                request: "/requests/1", rowsMax: 1_000, now: Grant.sample.signedAt,
                may: { may.contains($0) })
        }
        let recipient: Set<Action> = [.runJointTest, .acceptJointTest]
        let tests = [JointTest.sample(.csv), .sample(.lookup)]
        return [
            JointTestPage(content([], [], [], isRequired: true, may: recipient)),
            JointTestPage(
                content(tests, [.sample(answer: nil)], [], isRequired: false, may: [.answerJointTest])),
            JointTestPage(
                content(
                    tests, [.sample(answer: "文本列按 RFC 4180 加引号，请按此读取。")],
                    [word(.provider, .passed)], isRequired: true, may: recipient)),
            JointTestPage(
                content(
                    tests, [], [word(.provider, .passed), word(.recipient, .passed)], isRequired: true,
                    may: [])),
            JointTestPage(
                content(tests, [], [], isRequired: true, may: recipient),
                refused: Refused(
                    form: Refused.making, typed: SubmittedForm([("rows", "3"), ("seed", "x")]),
                    errors: FormErrors(JointTestError.rowsOutOfRange(min: 40, max: 1_000).problem))),
        ]
    }()
}

extension JointTestRunPage {
    package static let samples: [JointTestRunPage] = {
        let page = JointTestDesk.Page(
            columns: [Column("身份证号", .text), Column("姓名", .text), Column("备注", .text)],
            rows: [
                [.text("441600********0012"), .text("测*"), .text("他说“好”，又说\"行\"")],
                [.text("441600********0031"), .text("测**"), .null],
            ])
        func content(_ delivery: DeliveryKind, mayFetch: Bool = true) -> Content {
            Content(
                test: .sample(delivery), entry: "最低生活保障对象信息", by: .data("数据使用员"), page: page,
                mayFetch: mayFetch, listBytesMax: 64 << 20, now: Grant.sample.signedAt)
        }
        var lookup = content(.lookup)
        lookup.keys = [("身份证号", ["441600194001010012"])]
        var verify = content(.verify)
        let call: JSON = ["column": "身份证号", "key": "441600194001010012", "claims": ["姓名": "测试甲"]]
        verify.calls = [(Message("joint-test.call-true"), call)]
        var refused = content(.pages, mayFetch: false)
        refused.page = nil
        refused.refusal = JointTestError.filterUnsatisfied("年份 > 2024").problem.message
        var push = content(.push)
        push.push = .sample(.done, .there)
        var wrong = FormErrors()
        wrong.add("list", Message("web.field-needed"))
        return [content(.csv), lookup, verify, refused, push, content(.nameList)].map {
            JointTestRunPage($0)
        } + [JointTestRunPage(content(.nameList), errors: wrong)]
    }()
}

extension JointPush {
    static func sample(_ state: State, _ table: TableState) -> JointPush {
        let place = PushPlace(
            kind: .postgres, host: "10.44.16.5", port: 5432, database: "front", user: "headwaters",
            schema: "public", table: "dibao_joint_test")
        let found = Found(
            rowsBefore: nil, rowsOut: 75, rowsAfter: 75,
            contentDigest: "lt1:75:" + String(repeating: "5a", count: 32),
            columns: ["身份证号 text", "姓名 text", "月保障金额 numeric(12,2)"])
        return JointPush(
            id: JointTest.sample(.push).id, grant: Grant.sample.id,
            target: PushTargetID(high: 6 << 48, low: 2 << 62), place: place, ownTable: "dibao",
            manner: .upsert, keyColumns: ["身份证号"], state: state, table: table, seed: 20_261_128,
            rowsMade: 100, found: state == .done ? found : nil,
            problem: state == .failed ? PushError.testTableForeign(place.name).problem.message : nil,
            tries: 0, madeBy: AccountID(high: 1 << 48, low: 2 << 62), madeAt: Grant.sample.signedAt,
            dropAt: Grant.sample.signedAt, droppedAt: nil)
    }
}
