package import Curl
import Dispatch
import Kernel

/// The server that a node's mail goes through.
package struct MailServer: Sendable {
    package let host: String
    package let port: Int
    package let security: MailCall.Security
    package let sender: MailAddress
    package let user: String
    /// Read when it is needed, and kept nowhere.
    package let password: @Sendable () throws -> String
    package let authoritiesFile: String
    package let secondsMax: Int

    package init(
        host: String, port: Int, security: MailCall.Security, sender: MailAddress, user: String,
        password: @escaping @Sendable () throws -> String, authoritiesFile: String, secondsMax: Int
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.sender = sender
        self.user = user
        self.password = password
        self.authoritiesFile = authoritiesFile
        self.secondsMax = secondsMax
    }

    private static let queue = DispatchQueue(label: "headwaters.mail", attributes: .concurrent)

    /// Where mail may go without TLS: this machine and networks of nobody else's.
    private static let near = [
        "127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7",
    ]
    .compactMap { NetworkRange($0) }

    /// Taken by the server, or a fault. A password never goes without TLS.
    func send(_ message: [UInt8], to recipient: MailAddress) async throws(SendFault) {
        guard message.count <= MailText.bytesMax else { throw SendFault("reminder.fault.too-large") }
        let secret: String
        do { secret = user.isEmpty || security == .plain ? "" : try password() } catch {
            throw SendFault("reminder.fault.no-password")
        }
        let isPlain = security == .plain
        let call = MailCall(
            host: host, port: port, security: security, greeting: sender.domain,
            user: isPlain ? "" : user, password: secret, sender: sender.text, recipient: recipient.text,
            message: message, secondsMax: secondsMax, authoritiesFile: authoritiesFile,
            admits: { bytes in
                guard let peer = NetworkAddress(network: bytes) else { return false }
                return !isPlain || Self.near.contains { $0.contains(peer) }
            }, isCancelled: { false })
        let failure = await withCheckedContinuation { (done: CheckedContinuation<MailFailure?, Never>) in
            Self.queue.async {
                do throws(MailFailure) {
                    try MailConnection.send(call)
                    done.resume(returning: nil)
                } catch { done.resume(returning: error) }
            }
        }
        if let failure { throw SendFault(failure) }
    }
}

extension SendFault {
    init(_ failure: MailFailure) {
        switch failure {
        case .unresolved: self.init("reminder.fault.unresolved")
        case .addressRefused: self.init("reminder.fault.address-refused")
        case .unconnected: self.init("reminder.fault.unconnected")
        case .tls: self.init("reminder.fault.tls")
        case .timedOut: self.init("reminder.fault.timed-out")
        case .cancelled: self.init("reminder.fault.broken", ["code": "0"])
        case .notAuthenticated: self.init("reminder.fault.not-authenticated")
        // Mailbox unavailable, not local, or its name not allowed (RFC 5321 §4.2.2): not before somebody changes it.
        case .refused(let status) where [550, 551, 553].contains(status):
            self.init("reminder.fault.mailbox", ["status": String(status)], isFinal: true)
        case .refused(let status): self.init("reminder.fault.mail-status", ["status": String(status)])
        case .broken(let code): self.init("reminder.fault.broken", ["code": String(code)])
        }
    }
}
