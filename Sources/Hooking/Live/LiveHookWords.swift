package import Kernel

package let liveHookWords = Words(
    """
    hooking.kind.live | 实时接口（只供调用） | live source, call-only
    hooking.live | 实时接口 | A live source
    hooking.live.why | 本单位的 HTTP 接口按键答复记录。平台不复制数据：每次调用都在授权之下转到接口，答复经脱敏后给出，不落盘。 | The department's HTTP service answers records by key. Nothing is copied: each call goes on to the service under its grant, and its answer leaves masked and is never stored.
    hooking.live.replaces | 改为实时接口后，该条目已发布的数据版本不再提供，按版本签署的授权须重新签署。 | Once the entry is asked live its published versions are served no more, and grants signed for them have to be signed anew.
    hooking.live.no-hosts | 尚未配置允许调用的接口主机，请联系系统管理员（hooking.live-hosts）。 | No service may be asked yet. Ask the administrator (hooking.live-hosts).
    hooking.live.base | 接口地址 | Address
    hooking.live.base-hint | 如 https://10.1.2.3:8443/person；路径中花括号括起的名称由 path 参数填写。 | Such as https://10.1.2.3:8443/person; a name in braces in the path is filled by a parameter of the path.
    hooking.live.method | 调用方法 | Method
    hooking.live.parameters | 参数 | Parameters
    hooking.live.parameters-hint | 每行一个：位置 名称 = 值。位置为 query、path、body 或 header；取查询的键写 @列名，后面可接半角冒号和类型（integer、date、boolean），其余为固定值。如 query idNo = @身份证号。 | One a line: place name = value. Places are query, path, body and header; the key that is asked is @column (perhaps with :integer, :date, :boolean), anything else is a constant. Such as query idNo = @身份证号.
    hooking.live.line-malformed | 无法识别：{line} | Not a parameter: {line}
    hooking.live.credential | 凭证 | Credential
    hooking.live.credential.none | 不需要 | none
    hooking.live.credential.header | 请求头中的密钥 | a secret in a header
    hooking.live.credential.basic | 用户名和口令（Basic） | user and password (Basic)
    hooking.live.credential-header | 请求头 {name}，密钥已加密保存 | header {name}; its secret is kept encrypted
    hooking.live.credential-basic | 用户 {name}，口令已加密保存 | user {name}; its password is kept encrypted
    hooking.live.credentialName | 请求头名称或用户名 | Name of the header, or user
    hooking.live.credentialPrefix | 密钥前缀 | Before the secret
    hooking.live.credentialPrefix-hint | 如 Bearer；可不填。 | Such as Bearer; may stay empty.
    hooking.live.secret | 密钥或口令 | Secret
    hooking.live.secret-hint | 加密保存，不再显示。 | Kept encrypted and never shown.
    hooking.live.secret-kept | 留空沿用已填的密钥；更换主机后须重新填写。 | Empty keeps the one that was given; another host needs it anew.
    hooking.live.secret-needed | 请填写该接口的密钥：密钥只发给填写时的主机。 | Give the secret: one goes only to the host that it was given for.
    hooking.live.records | 记录所在位置 | Where the records are
    hooking.live.records-hint | JSON 指针，如 /data/records；整个答复就是记录时留空。 | A JSON pointer such as /data/records; empty where the whole answer is the record.
    hooking.live.success | 成功标志位置 | Where it says that it succeeded
    hooking.live.success-hint | JSON 指针，如 /code；没有时留空。 | A JSON pointer such as /code; empty where there is none.
    hooking.live.successValue | 成功时的值 | Its value then
    hooking.live.absent | 状态 404 表示没有该记录 | Status 404 says that there is no such record
    hooking.live.secondsMax | 最长等待 | Longest wait
    hooking.live.callsMax | 同时调用 | Calls at once
    hooking.live.recordsMax | 每个键的记录 | Records for one key
    hooking.live.answerBytesMax | 答复大小 | Size of an answer
    hooking.live.unit.seconds | 秒 | seconds
    hooking.live.unit.calls | 次 | calls
    hooking.live.unit.records | 条 | records
    hooking.live.unit.bytes | 字节 | bytes
    hooking.live.sample | 试调的键 | A key to try it with
    hooking.live.sample-hint | 试调时和确认数据列时各调用一次，以查看答复的结构；每次留有存证，答复不保存。 | Asked when you try it and when you confirm the columns, to see what an answer looks like. Each time is on record; the answer is not kept.
    hooking.live.sample-malformed | 这个值不符合键的类型。 | That is no value of the key's type.
    hooking.live.incomplete | 请返回上一步补全接口的定义。 | Go back a step and complete what is said of the service.
    hooking.live.look | 试调并查看 | Try it
    hooking.live.key-column | 查询键“{column}”须是接口的一列，类型为“{type@policy.column-type.}”。 | The key {column} has to be one of the columns, of type {type@policy.column-type.}.
    hooking.live.not-copied | 该挂接为实时接口，不发布数据版本，也没有报送和定时读取。 | This hook is asked live: it makes no versions, and has neither filings nor a schedule.
    hooking.live.not-live | 该挂接不是实时接口。 | This hook is not asked live.
    hooking.live.change | 更改接口 | Change the service
    hooking.live.standing | 接口状态 | How the service is doing
    hooking.live.state-closed | 正常调用。 | Calls go through.
    hooking.live.state-paused | 挂接已暂停，不调用接口。 | The hook is paused; no call goes out.
    hooking.live.state-open | 接口连续故障，暂停调用；到时先试一次。 | It failed several times and rests; then one call tries it.
    hooking.live.state-half-open | 正在试调一次，成功后恢复调用。 | One call is out to see whether it is well again.
    hooking.live.chip-closed | 接口正常 | answering
    hooking.live.chip-open | 接口故障暂停 | resting after faults
    hooking.live.chip-half-open | 正在试调 | being tried
    hooking.live.last-fault | 最近一次故障 | Last fault
    hooking.live.next-try | 下次试调 | Next try
    hooking.live.reset | 立即恢复调用 | Ask it again now
    hooking.live.reset-done | 已恢复调用。 | Calls go out again.
    hooking.live.answered | 启动以来答复 | Answered since start
    hooking.live.failed | 启动以来故障 | Failed since start
    hooking.live.now | 当前 | Right now
    hooking.live.now-told | 调用中 {running}，等待 {waiting} | {running} being asked, {waiting} waiting
    hooking.live.limits | 限额 | Limits
    hooking.live.limits-told | {seconds} 秒，同时 {calls} 次，每键 {records} 条，答复 {bytes} | {seconds} s, {calls} calls at once, {records} records a key, answers of {bytes}
    hooking.live.nothing-kept | 实时接口不落盘：没有数据版本，质量规则和质量门不适用；能看到的只有调用的存证。 | Nothing of a live source is kept: it has no versions, and quality rules and gates do not apply to it. What there is to see is the record of its calls.
    hooking.live.resume-question | 恢复后，授权之下的调用重新转到接口。 | Calls under grants then go on to the service again.
    hooking.live.pause-question | 暂停期间，授权之下的调用一律不转到接口。 | While it is paused no call under any grant goes on to the service.
    site.call-only | 本条目只供实时调用：按键查询或核验，平台不保存数据，不提供文件、分页、库表推送和名单比对。 | This entry is call-only: it is asked by key. Nothing of it is stored here, and there are no files, pages, table pushes or name lists.
    """)
