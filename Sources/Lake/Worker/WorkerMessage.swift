import Foundation
import Kernel

/// What crosses a worker's socket: frames of a 4-byte big-endian length, one byte of kind, and a payload. JSON, but for batches.
package enum WorkerFrame {
    /// Both ends refuse to talk to another one.
    package static let protocolVersion = 1
    /// Of one frame. A batch is far smaller; a request may carry a long list of values.
    package static let bytesMax = 16 << 20

    package enum Kind: UInt8, Sendable {
        // To the child
        case hello = 1
        case request = 2
        case cancel = 3
        // From the child
        case ready = 16
        case progress = 17
        case batch = 18
        case answer = 19
        case problem = 20
    }
}

struct WorkerHello: Codable, Sendable {
    let protocolVersion: Int
    let limits: WorkerLimits
}

struct WorkerReady: Codable, Sendable {
    let protocolVersion: Int
    let engineVersion: String
}

/// The envelope of a task; `payload` is the task's own JSON.
struct WorkerRequest: Codable, Sendable {
    let task: String
    let payload: Data
}

/// A `Problem` on its way through the socket.
struct WorkerProblem: Codable, Sendable {
    let kind: Problem.Kind
    let message: Message
    let remedy: Message?
    let places: [Problem.Place]

    init(_ problem: Problem) {
        kind = problem.kind
        message = problem.message
        remedy = problem.remedy
        places = problem.places
    }

    var problem: Problem { Problem(kind, message, remedy: remedy, places: places) }
}
