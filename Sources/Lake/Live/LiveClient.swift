import Curl
import Dispatch
import Foundation
import Kernel

/// Makes the calls. Connections are kept for the next call to the same place, a few of them.
package final class LiveClient: Sendable {
    private static let idlePerPlaceMax = 4

    let authoritiesFile: String
    private let queue = DispatchQueue(label: "headwaters.live", attributes: .concurrent)
    private let idle = IdleConnections()

    /// `authoritiesFile`: PEM, instead of the system's authorities; empty for those.
    package init(authoritiesFile: String = "") { self.authoritiesFile = authoritiesFile }

    /// What the service answers, of at most `answerBytesMax`. A status that is no success is a fault; so is a redirect, which nothing follows.
    package func send(_ request: LiveRequest, isAbsentBy404: Bool) async throws(LiveFault) -> LiveAnswer {
        let mark = CancelMark()
        let address = request.address
        let call = HTTPCall(
            url: request.url, method: request.method, headers: request.headers, body: request.body,
            secondsMax: request.limits.secondsMax, answerBytesMax: request.limits.answerBytesMax,
            authoritiesFile: authoritiesFile,
            admits: { bytes in NetworkAddress(network: bytes).map(address.admits) ?? false },
            isCancelled: { mark.isSet })
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation {
                (done: CheckedContinuation<Result<HTTPAnswer, HTTPFailure>, Never>) in
                queue.async { [self] in done.resume(returning: perform(call, at: address)) }
            }
        } onCancel: {
            mark.set()
        }
        switch outcome {
        case .failure(let failure): throw LiveFault(failure, request.limits)
        case .success(let answer): return try Self.judged(answer, isAbsentBy404)
        }
    }

    private func perform(_ call: HTTPCall, at address: ServiceAddress) -> Result<HTTPAnswer, HTTPFailure> {
        let place = "\(address.isEncrypted)/\(address.place)"
        do throws(HTTPFailure) {
            let connection: HTTPConnection
            if let kept = idle.take(place) { connection = kept } else { connection = try HTTPConnection() }
            let answer = try connection.perform(call)
            // One that failed is not asked again.
            idle.give(connection, to: place, max: Self.idlePerPlaceMax)
            return .success(answer)
        } catch { return .failure(error) }
    }

    private static func judged(_ answer: HTTPAnswer, _ isAbsentBy404: Bool) throws(LiveFault) -> LiveAnswer {
        switch answer.status {
        case 200, 203:
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            let hasMark = answer.body.starts(with: mark)
            return LiveAnswer(body: hasMark ? Array(answer.body.dropFirst(3)) : answer.body, isAbsent: false)
        case 204: return LiveAnswer(body: [], isAbsent: true)
        case 404 where isAbsentBy404: return LiveAnswer(body: [], isAbsent: true)
        case 300..<400: throw .redirected
        default: throw .status(answer.status)
        }
    }
}

private final class IdleConnections: @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [String: [HTTPConnection]] = [:]

    func take(_ place: String) -> HTTPConnection? { lock.withLock { kept[place]?.popLast() } }

    func give(_ connection: HTTPConnection, to place: String, max: Int) {
        lock.withLock {
            guard kept[place, default: []].count < max else { return }
            kept[place, default: []].append(connection)
        }
    }
}

private final class CancelMark: @unchecked Sendable {
    private let lock = NSLock()
    private var isMarked = false
    var isSet: Bool { lock.withLock { isMarked } }
    func set() { lock.withLock { isMarked = true } }
}
