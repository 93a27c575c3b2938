package import Kernel

package let liveSourceWords = Words(
    """
    source.not-copied | 实时接口只供调用，不复制数据。 | A live source is asked call by call; nothing of it is copied.
    source.not-copied.remedy | 需要数据版本时，请改用文件或数据库表挂接。 | Where versions are needed, hook a file or a table instead.
    source.live.host-not-allowed | 该地址不在允许的实时接口主机之列。 | That address is not among the hosts of live sources that are allowed.
    source.live.later-remedy | 请稍后重试；持续出现时请联系数据提供单位。 | Try again a little later; if it stays so, ask the providing unit.
    source.live.provider-remedy | 请联系数据提供单位核对其接口；本次未提供任何数据。 | Ask the providing unit to look at its service; nothing was given.
    source.live.unresolved | 找不到源接口的主机。 | The host of the source cannot be found.
    source.live.address-refused | 源接口的主机名指向不允许连接的地址。 | The name of the source's host leads to an address that may not be connected to.
    source.live.unconnected | 无法连接源接口。 | The source cannot be reached.
    source.live.tls | 源接口的证书或加密协议不可信。 | The source's certificate or encryption cannot be trusted.
    source.live.broken | 与源接口的连接中断，或应答不是 HTTP。 | The connection to the source broke, or what came is no HTTP.
    source.live.timed-out | 源接口在 {max} 秒内没有答复。 | The source did not answer within {max} seconds.
    source.live.cancelled | 调用已取消。 | The call was cancelled.
    source.live.answer-too-large | 源接口的答复超过 {max} 字节。 | The source's answer is larger than {max} bytes.
    source.live.redirected | 源接口要求转到另一地址；平台不跟随跳转。 | The source sends us to another address; nothing follows it.
    source.live.status | 源接口返回状态 {status}。 | The source answered with status {status}.
    source.live.not-json | 源接口的答复不是 JSON。 | The source's answer is no JSON.
    source.live.nothing-there | 源接口的答复在约定位置没有记录。 | The source's answer has no records where they were agreed to be.
    source.live.unsuccessful | 源接口表示本次调用未成功。 | The source says that the call did not succeed.
    source.live.not-records | 源接口的答复在约定位置不是记录。 | What the source answered where records should be is none.
    source.live.too-many-records | 源接口对一个键答复了超过 {max} 条记录。 | The source answered more than {max} records for one key.
    source.live.strange | 源接口的记录中没有任何约定的列。 | A record of the source has none of the columns that were agreed.
    source.live.misfit | 源接口的答复中，列“{column}”的值不符合约定的类型。 | In the source's answer a value of the column {column} is none of its type.
    source.live.other-key | 源接口答复的是另一个“{column}”的记录。 | The source answered with a record of another {column}.
    source.live.key-unsuited | “{column}”的这个值不能用于源接口的路径。 | That value of {column} cannot stand in the source's path.
    source.live.secret-unsuited | 凭证为空，或含有不能写入请求头的字符。 | The secret is empty, or has characters that no header may hold.
    source.live.not-asked | 源接口不能按“{column}”查询。 | The source cannot be asked by {column}.
    source.live.busy | 等待该源接口的调用过多。 | Too many calls are waiting for this source.
    source.live.resting | 源接口连续故障，已暂停调用，{seconds} 秒后再试。 | The source failed several times and rests; ask again in {seconds} seconds.
    source.live.paused | 该实时接口已停用。 | This live source is paused.
    source.live.moved | 该实时接口刚刚变更，请重试。 | This live source has just been changed; ask again.
    source.live.as-asked | 即查询时给出的值；接口不返回此列 | what was asked; the source does not repeat it
    source.live.base-malformed | 请填写完整地址，如 https://主机:端口/路径；不含用户名、问号和井号。 | Give the whole address, such as https://host:port/path, without user, question mark or number sign.
    source.live.key-needed | 至少一个参数要取查询的键，如 query id = @身份证号。 | At least one parameter has to take the key, such as query id = @身份证号.
    source.live.parameters-max | 参数最多 {max} 个。 | At most {max} parameters.
    source.live.pointer-malformed | 请填写 JSON 指针，如 /data/records。 | Give a JSON pointer, such as /data/records.
    source.live.header-malformed | “{name}”不能作为请求头名称，或其值含有不允许的字符。 | {name} cannot be a header here, or its value has characters that none may have.
    source.live.user-malformed | 请填写用户名，不含冒号。 | Give a user name without a colon.
    source.live.limit | 请填写 {low} 到 {high} 之间的整数。 | Give a whole number from {low} to {high}.
    source.live.parameter-twice | 参数“{name}”重复，或名称为空。 | The parameter {name} is there twice, or has no name.
    source.live.body-of-get | 参数“{name}”：GET 调用没有正文，请改用 POST 或放入 query。 | {name}: a GET has no body; use POST, or put it into the query.
    source.live.key-in-header | 参数“{name}”：键不放入请求头。 | {name}: keys do not go into headers.
    source.live.key-twice | 参数“{name}”：同一列只能由一个参数取键。 | {name}: a column is the key of one parameter only.
    source.live.key-type | 参数“{name}”：键的类型只能是 text、integer、date 或 boolean。 | {name}: a key is text, integer, date or boolean.
    source.live.constant-malformed | 参数“{name}”的固定值过长或含有空字符。 | The constant of {name} is too long, or has a NUL.
    source.live.path-unfilled | 路径中花括号括起的名称须各占一整段，并与 path 参数一一对应。 | Each name in braces in the path is a whole segment, and has one parameter of the path.
    source.live.path-key-alone | 键在路径中时，接口只能按这一个键查询。 | A source whose path holds the key can be asked by that key alone.
    """)
