package import Kernel

/// Of tests of pushes, name lists and verify calls.
package let jointTestDeliveryWords = Words(
    """
    joint-test.target | 推送目标 | Push target
    joint-test.target-hint | 合成数据写入同一数据库中名为“目标表名{suffix}”的表，从不写入目标表本身。 | The rows go into a table beside the real one, called after it with {suffix}; never into the real one.
    joint-test.no-target | 联调库表推送须先登记本单位的推送目标。 | To try a table push, register a target of your unit first.
    joint-test.new-target | 登记推送目标 | Register a target
    joint-test.target-needed | 请选择推送目标。 | Choose a push target.
    joint-test.target-busy | 同一张测试表正有另一次联调测试在写入或清理，请稍后再试。 | Another test is being written into the same table, or it is being removed; try again in a moment.
    joint-test.interrupted | 联调推送中断，测试表中没有留下它的数据。 | The test push was cut off; nothing of it stays in the table.
    joint-test.interrupted-remedy | 请重新测试。 | Test again.
    joint-test.no-table | 这次测试在目标库中没有可删除的测试表。 | There is no table of this test at the target.
    joint-test.pushes | 库表推送联调 | Tests of table pushes
    joint-test.table | 测试表 | Test table
    joint-test.own-table | 目标表（只查看，不写入） | Table (looked at, never written)
    joint-test.manner | 写入方式 | Manner
    joint-test.rows-before | 写入前行数 | Rows before
    joint-test.rows-written | 写入行数 | Rows written
    joint-test.rows-after | 写入后行数 | Rows after
    joint-test.table-made | 表由本次测试建立 | made by this test
    joint-test.read-back | 从测试表读回的内容摘要 | Content digest, as read back from the table
    joint-test.said | 说明 | What was said
    joint-test.columns | 测试表的字段（按数据库声明） | Columns of the test table, as the database declares them
    joint-test.column | 字段 | Column
    joint-test.type | 类型 | Type
    joint-test.drop-at | 自动删除时间 | Removed by itself at
    joint-test.dropped-at | 删除时间 | Removed at
    joint-test.drop | 删除测试表 | Remove the test table
    joint-test.drop-means | 从目标库中删除测试表及其登记；目标表不受影响。不删除的，测试满 30 天或授权终止后自动删除。 | Removes the test's table and its record from the database; the real table is not touched. It goes by itself 30 days after the test, or when the grant ends.
    joint-test.dropped | 测试表已删除。 | The test table is removed.
    joint-test.drop-later | 平台会自动重试；目标库恢复后即删除。 | It is tried again by itself, and goes when the database is back.
    joint-test.push-state.running | 正在写入 | under way
    joint-test.push-state.done | 写入并核对一致 | written and read back
    joint-test.push-state.failed | 未成功 | failed
    joint-test.table-state.there | 测试表在目标库中 | table is there
    joint-test.table-state.passed-on | 已由后来的测试使用 | a later test has the table
    joint-test.table-state.clearing | 正在清理 | being cleared
    joint-test.table-state.dropped | 测试表已删除 | table removed
    joint-test.table-state.left | 无法连接目标库，请其管理员删除测试表 | database away: its administrator has to remove the table
    joint-test.list | 测试名单 | test list
    joint-test.list-new | 名单比对 | Name list
    joint-test.list-how | 下载测试名单：其中有查得到的、行条件滤除的、没有的、重复的、格式不对的和空的证件号码，并注明应有的结果。把它或自编的名单提交比对，返回的工作簿与正式比对格式相同。名单比对后即删除，不留存。请勿提交真实名单。 | Fetch the test list: its keys find something, are withheld, are nobody's, repeat, are malformed or empty, and each says what is to be expected. Bring it, or one of your own making; what goes back is the workbook of a real match. Lists are deleted at once. Bring no real list.
    joint-test.list-fetch | 下载测试名单 | Fetch the test list
    joint-test.list-file | 名单文件 | List
    joint-test.list-match | 比对 | Match
    joint-test.list-too-long | 联调测试的名单最多 {max} 行。 | A list that is tried out has {max} rows at most.
    joint-test.list-case | 受理编号 | Case number
    joint-test.list-expected | 应有的结果 | What is to be expected
    joint-test.list-found | 查得到 | found
    joint-test.list-withheld | 有，但被行条件滤除：按查不到答复 | there, and withheld by the row condition: answered as not found
    joint-test.list-unknown | 没有：查不到 | nobody's: not found
    joint-test.list-again | 与上文重复：同样答复，只算一次 | stands above: answered again, counted once
    joint-test.list-spaced | 前后有空格、字母小写：照样查得到 | spaces around it, small letters: found all the same
    joint-test.list-malformed | 格式不对：不查询 | malformed: not asked
    joint-test.list-blank | 空：不查询 | empty: not asked
    joint-test.no-receipt | 联调测试没有回执 | A joint test has no receipt
    joint-test.call-true | 核验：相符（yes） | Verify: it is so (yes)
    joint-test.call-false | 核验：不相符（no） | Verify: it is not so (no)
    joint-test.call-unknown | 核验：没有这个键（no，与不相符无法区分） | Verify: a key that is nobody's (no, like what is not so)
    joint-test.call-malformed | 核验：键格式不对（400，拒绝） | Verify: a malformed key (refused, 400)
    joint-test.api-target | 库表推送写入哪个推送目标；其他供数方式不填 | where a table push goes; of no other delivery
    joint-test.api-table | 测试表的现状 | what has become of the test's table
    joint-test.api-drop | 删除联调测试在目标库中的表 | Remove the table of a joint test from the target
    joint-test.api-verify | 联调测试：核验 | Joint test: verify calls
    joint-test.api-verify-about | 与正式核验同样的请求和拒绝；不计尝试次数。 | The requests and refusals of the real verify call; tries are not counted.
    joint-test.api-stream | 联调测试：流式读取 | Joint test: a stream of rows
    joint-test.api-list-file | 联调测试的测试名单 | The test list of a joint test
    joint-test.api-match | 联调测试：名单比对 | Joint test: match a name list
    joint-test.api-match-about | 一次完成提交、检查和比对，直接返回工作簿；名单不留存。key、kind、case、keyColumn 不填则按列名推断。 | Brings, checks and matches in one call and answers the workbook; the list is not kept. What is not given is guessed from the columns.
    joint-test.api-key-column | 授权数据中的键列 | key column of the granted data
    """)
