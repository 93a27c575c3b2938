import CCurl
import Glibc

/// Hands one message over; blocks until the server has taken or refused it.
package enum MailConnection {
    private static let connectSecondsMax = 10

    package static func send(_ call: MailCall) throws(MailFailure) {
        // In a command or a list an end of line would be another command.
        let words = [call.host, call.greeting, call.sender, call.recipient, call.user, call.password]
        guard !words.contains(where: { $0.utf8.contains { $0 < 32 || $0 == 127 } }),
            ![call.host, call.greeting, call.sender, call.recipient].contains(where: {
                $0.utf8.contains { "<> ".utf8.contains($0) }
            })
        else { throw .broken(code: Int(CURLE_URL_MALFORMAT.rawValue)) }
        guard HTTPConnection.isReady, let handle = curl_easy_init() else { throw .broken(code: -1) }
        defer { curl_easy_cleanup(handle) }
        let transfer = Sending(call)
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        let recipients = curl_slist_append(nil, "<\(call.recipient)>")
        defer { curl_slist_free_all(recipients) }
        let settings = [
            options(call, handle), shim_curl_recipients(handle, recipients),
            shim_curl_reader(handle, give, context, call.message.count),
            shim_curl_writer(handle, ignore, context), transfer.guarding(handle),
        ]
        if let wrong = settings.first(where: { $0 != CURLE_OK }) {
            throw .broken(code: Int(wrong.rawValue))
        }
        let code = withExtendedLifetime(transfer) { curl_easy_perform(handle) }
        guard code != CURLE_OK else { return }
        var status = 0
        shim_curl_status(handle, &status)
        throw failure(code, status, transfer)
    }

    private static func options(_ call: MailCall, _ handle: UnsafeMutableRawPointer) -> CURLcode {
        let scheme = call.security == .tls ? "smtps" : "smtp"
        var texts: [(CURLoption, String)] = [
            (CURLOPT_URL, "\(scheme)://\(call.host):\(call.port)/\(call.greeting)"),
            (CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            (CURLOPT_MAIL_FROM, "<\(call.sender)>"),
        ]
        if !call.user.isEmpty {
            texts += [(CURLOPT_USERNAME, call.user), (CURLOPT_PASSWORD, call.password)]
        }
        let security = call.security == .plain ? CURLUSESSL_NONE : CURLUSESSL_ALL
        return Transfer.set(
            texts, [(CURLOPT_UPLOAD, 1), (CURLOPT_USE_SSL, Int(security.rawValue))], of: handle,
            authoritiesFile: call.authoritiesFile, secondsMax: call.secondsMax,
            connectSecondsMax: connectSecondsMax)
    }

    private static func failure(_ code: CURLcode, _ status: Int, _ transfer: Sending) -> MailFailure {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .unresolved
        case CURLE_COULDNT_CONNECT: transfer.isRefused ? .addressRefused : .unconnected
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_ABORTED_BY_CALLBACK: .cancelled
        case CURLE_LOGIN_DENIED: .notAuthenticated
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER:
            .tls
        default: (400...599).contains(status) ? .refused(status: status) : .broken(code: Int(code.rawValue))
        }
    }
}

/// What became of one message, filled while it is handed over.
private final class Sending: Transfer {
    let call: MailCall
    var sent = 0

    init(_ call: MailCall) {
        self.call = call
        super.init(admits: call.admits, isCancelled: call.isCancelled)
    }
}

private func give(
    _ place: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = Sending.of(context), let place else { return 0 }
    let length = min(size * count, transfer.call.message.count - transfer.sent)
    guard length > 0 else { return 0 }
    transfer.call.message.withUnsafeBytes { bytes in
        UnsafeMutableRawPointer(place).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: bytes[transfer.sent..<(transfer.sent + length)])
                .baseAddress ?? UnsafeRawPointer(place), byteCount: length)
    }
    transfer.sent += length
    return length
}

private func ignore(
    _: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _: UnsafeMutableRawPointer?
) -> Int { size * count }
