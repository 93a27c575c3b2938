import Cryptography
import Curl
import Dispatch
import Foundation
import Kernel
import Lake

/// Hands messages to webhooks: one POST, no redirect followed, a bounded answer.
package struct WebhookClient: Sendable {
    package let hosts: [String]
    package let authoritiesFile: String
    package let secondsMax: Int

    package init(hosts: [String], authoritiesFile: String, secondsMax: Int) {
        self.hosts = hosts
        self.authoritiesFile = authoritiesFile
        self.secondsMax = secondsMax
    }

    private static let queue = DispatchQueue(label: "headwaters.webhooks", attributes: .concurrent)
    static let answerBytesMax = 16 << 10
    /// Of a robot's text, as its service says.
    static let robotTextBytesMax = 2_048

    /// Signed JSON: HMAC-SHA256 over `<timestamp>.<body>`.
    func send(_ document: JSON, id: ReminderMessageID, to place: WebhookPlace, at now: Instant)
        async throws(SendFault) -> Int
    {
        let body = Array(document.canonical.utf8)
        let stamp = String(now.microseconds / 1_000_000)
        let answer = try await post(
            body, to: place,
            headers: [
                ("X-Headwaters-Message", id.text), ("X-Headwaters-Timestamp", stamp),
                ("X-Headwaters-Signature", Self.signature(body, stamp: stamp, secret: place.secret)),
            ])
        switch answer.status {
        case 200..<300: return body.count
        case 410: throw SendFault("reminder.fault.gone", isFinal: true)
        case 300..<400: throw SendFault("reminder.fault.redirected")
        default: throw SendFault("reminder.fault.status", ["status": String(answer.status)])
        }
    }

    static func signature(_ body: [UInt8], stamp: String, secret: String) -> String {
        "v1=" + MAC(.sha256, key: Array(secret.utf8)).tag(Array("\(stamp).".utf8) + body).hex
    }

    /// To a robot of a group: plain text; whether it was taken is in the answer's `errcode`.
    func send(_ lines: [String], to place: WebhookPlace) async throws(SendFault) -> Int {
        let document: JSON = ["msgtype": "text", "text": ["content": .string(Self.content(of: lines))]]
        let body = Array(document.canonical.utf8)
        let answer = try await post(body, to: place, headers: [])
        switch answer.status {
        case 200: break
        case 300..<400: throw SendFault("reminder.fault.redirected")
        default: throw SendFault("reminder.fault.status", ["status": String(answer.status)])
        }
        guard let code = (try? JSON.parse(answer.body))?["errcode"]?.integer else {
            throw SendFault("reminder.fault.no-robot")
        }
        // 93000: there is no such robot; 93017 and 93004: it was taken out of the group.
        let isFinal = [93_000, 93_004, 93_017].contains(code)
        guard code == 0 else {
            throw SendFault("reminder.fault.errcode", ["code": String(code)], isFinal: isFinal)
        }
        return body.count
    }

    /// As many whole lines as a robot takes.
    static func content(of lines: [String]) -> String {
        let mark = "…"
        var text = ""
        for line in lines.map(ReminderText.flat) {
            let longer = text.isEmpty ? line : text + "\n" + line
            guard longer.utf8.count <= robotTextBytesMax - mark.utf8.count - 1 else {
                return text.isEmpty ? mark : text + "\n" + mark
            }
            text = longer
        }
        return text
    }

    private func post(
        _ body: [UInt8], to place: WebhookPlace, headers: [(String, String)]
    ) async throws(SendFault) -> HTTPAnswer {
        // The settings may have changed since it was set up.
        guard let address = place.address, hosts.contains(address.place) else {
            throw SendFault("reminder.fault.host-not-allowed")
        }
        let call = HTTPCall(
            url: place.url, method: .post,
            headers: [("Content-Type", "application/json"), ("Accept", "application/json")].map {
                (name: $0.0, value: $0.1)
            } + headers.map { (name: $0.0, value: $0.1) }, body: body, secondsMax: secondsMax,
            answerBytesMax: Self.answerBytesMax, authoritiesFile: authoritiesFile,
            admits: { bytes in NetworkAddress(network: bytes).map(address.admits) ?? false },
            isCancelled: { false })
        let outcome = await withCheckedContinuation {
            (done: CheckedContinuation<Result<HTTPAnswer, HTTPFailure>, Never>) in
            Self.queue.async {
                do throws(HTTPFailure) {
                    done.resume(returning: .success(try HTTPConnection().perform(call)))
                } catch { done.resume(returning: .failure(error)) }
            }
        }
        switch outcome {
        case .success(let answer): return answer
        case .failure(let failure): throw SendFault(failure)
        }
    }
}

extension SendFault {
    init(_ failure: HTTPFailure) {
        switch failure {
        case .unresolved: self.init("reminder.fault.unresolved")
        case .addressRefused: self.init("reminder.fault.address-refused")
        case .unconnected: self.init("reminder.fault.unconnected")
        case .tls: self.init("reminder.fault.tls")
        case .timedOut: self.init("reminder.fault.timed-out")
        case .answerTooLarge: self.init("reminder.fault.answer-too-large")
        case .cancelled: self.init("reminder.fault.broken", ["code": "0"])
        case .broken(let code): self.init("reminder.fault.broken", ["code": String(code)])
        }
    }
}
