import Kernel
import Policy

/// A first call of a grant in the words of a shell and of Python's own library. The token comes from the environment, and keys go in
/// the body: neither is ever in an address.
struct SampleCode: Sendable {
    let title: Message
    let curl: String
    let python: String

    static func all(_ grant: Grant, keyColumn: String?, claim: String?) -> [SampleCode] {
        let path = "/api/v1/grants/\(grant.id)"
        var samples: [SampleCode] = []
        if grant.deliveries.contains(.lookup), let keyColumn {
            samples.append(
                post(
                    Message("release.delivery.lookup"), "\(path)/lookups",
                    ["column": .string(keyColumn), "keys": ["…"]]))
        }
        if grant.deliveries.contains(.verify), let keyColumn {
            samples.append(
                post(
                    Message("release.delivery.verify"), "\(path)/verifications",
                    ["column": .string(keyColumn), "key": "…", "claims": [claim ?? "…": "…"]]))
        }
        if grant.deliveries.contains(.pages) {
            samples.append(pages("\(path)/rows"))
            samples.append(csvStream("\(path)/stream?format=csv"))
        }
        if let file = DeliveryKind.allCases.first(where: {
            DeliveryKind.files.contains($0) && grant.deliveries.contains($0)
        }) {
            samples.append(
                post(
                    Message("release.delivery.\(file.rawValue)"), "\(path)/releases",
                    ["format": .string(file.rawValue)]))
        }
        if grant.deliveries.contains(.push) {
            samples.append(
                post(Message("release.delivery.push"), "\(path)/pushes", ["target": "…"]))
        }
        return samples
    }

    private static func post(_ title: Message, _ path: String, _ body: JSON) -> SampleCode {
        SampleCode(
            title: title,
            curl: """
                curl -sS -X POST "$HEADWATERS_URL\(path)" \\
                  -H "Authorization: Bearer $HEADWATERS_TOKEN" \\
                  -H "Content-Type: application/json" \\
                  --data-binary @- <<'JSON'
                \(body.canonical)
                JSON
                """,
            python: """
                import json, os, sys, urllib.request

                request = urllib.request.Request(
                    os.environ["HEADWATERS_URL"] + "\(path)",
                    data=json.dumps(\(body.canonical), ensure_ascii=False).encode(),
                    headers={"Authorization": "Bearer " + os.environ["HEADWATERS_TOKEN"],
                             "Content-Type": "application/json"})
                with urllib.request.urlopen(request) as answer:
                    json.dump(json.load(answer), sys.stdout, ensure_ascii=False, indent=2)
                """)
    }

    private static func pages(_ path: String) -> SampleCode {
        SampleCode(
            title: Message("release.delivery.pages"),
            curl: """
                curl -sS "$HEADWATERS_URL\(path)?limit=100" \\
                  -H "Authorization: Bearer $HEADWATERS_TOKEN"
                """,
            python: """
                import csv, json, os, sys, urllib.parse, urllib.request

                cursor = None
                while True:
                    query = {"limit": 100, **({"after": cursor} if cursor else {})}
                    request = urllib.request.Request(
                        os.environ["HEADWATERS_URL"] + "\(path)?" + urllib.parse.urlencode(query),
                        headers={"Authorization": "Bearer " + os.environ["HEADWATERS_TOKEN"]})
                    with urllib.request.urlopen(request) as answer:
                        page = json.load(answer)
                    csv.writer(sys.stdout).writerows(page["rows"])
                    cursor = page["next"]
                    if cursor is None:
                        break
                """)
    }

    /// All rows into one file; what a broken connection left out is fetched and put behind it.
    private static func csvStream(_ path: String) -> SampleCode {
        SampleCode(
            title: Message("release.stream-csv"),
            curl: """
                get() { curl -sS --fail-with-body -H "Authorization: Bearer $HEADWATERS_TOKEN" "$@"; }
                get -D rows.head -o rows.csv "$HEADWATERS_URL\(path)" ||
                  get "$HEADWATERS_URL\(path)&bytes=$(stat -c %s rows.csv)&after=$(
                    sed -n 's/^headwaters-cursor: *//Ip' rows.head | tr -d '\\r')" >> rows.csv
                """,
            python: """
                import hashlib, http.client, json, os, sys, time, urllib.request

                def get(path):
                    return urllib.request.urlopen(urllib.request.Request(
                        os.environ["HEADWATERS_URL"] + path,
                        headers={"Authorization": "Bearer " + os.environ["HEADWATERS_TOKEN"]}))

                cursor, arrived, digest, whole = None, 0, hashlib.sha256(), False
                with open("rows.csv", "wb") as file:
                    while not whole:
                        rest = f"&after={cursor}&bytes={arrived}" if cursor else ""
                        try:
                            with get("\(path)" + rest) as answer:
                                cursor = answer.headers["Headwaters-Cursor"]
                                record = answer.headers["Headwaters-Record"]
                                while block := answer.read1(65536):
                                    file.write(block)
                                    digest.update(block)
                                    arrived += len(block)
                            whole = True
                        except (http.client.IncompleteRead, ConnectionError):
                            time.sleep(1)

                # The record of the stream, with its proof, once a checkpoint covers it.
                while (proof := get(f"/api/v1/leaves/{record}/proof")).status == 202:
                    time.sleep(1)
                told = json.load(proof)["record"]["payload"]
                assert told["sha256"] == digest.hexdigest() and told["bytes"] == arrived
                sys.stdout.write(f"{told['rows']} rows\\n")
                """)
    }
}
