package import Kernel

package let dropTableWords = Words(
    """
    hooking.drop | 前置库 | Drop table
    hooking.drop-why | 本单位的系统按批次把数据写入前置库；批次标为完整后自动报送，并回写“已收”或“不收”及原因。不会只收半个批次。 | The department's systems insert rows by batches; a batch that they mark as complete is filed by itself and marked as taken or refused, with the reason. Never half a batch.
    hooking.drop-save | 保存 | Save
    hooking.drop-done | 前置库已保存。 | The drop table is saved.
    hooking.drop-remove | 停用前置库 | Take no more batches
    hooking.drop-removed | 已停用前置库，其中的批次不再自动报送。 | The drop table is no longer looked at; its batches stay where they are.
    hooking.drop-rows-table | 数据表 | Table of the rows
    hooking.drop-rows-table-hint | 批次表与它同名，后加 _batch。 | The batches are in the table of the same name with _batch behind it.
    hooking.drop-password-hint | 加密保存，不再显示；留空沿用已保存的口令。 | Kept encrypted and never shown; empty keeps the one that is stored.
    hooking.drop-definition | 建表语句 | The tables
    hooking.drop-definition-why | 由本单位数据库管理员执行一次。写入：先插入批次（open），再插入数据行，最后在同一事务或之后把批次改为 complete；按期报送的填写 period（如 2026-11）。digest 可不填，填写时为 md5(string_agg(md5(ROW(各列)::text), '' ORDER BY md5(ROW(各列)::text)))。平台所用账号需要读取两表和更新批次表的权限。 | Run once by the department's database administrator. To deliver: insert the batch (open), then its rows, then set the batch to complete; where a file is owed each period, fill in period (such as 2026-11). digest may stay empty; else it is md5(string_agg(md5(ROW(columns)::text), '' ORDER BY md5(ROW(columns)::text))). The platform's account needs SELECT on both tables and UPDATE on the batches.
    hooking.drop-batches | 收到的批次 | What arrived
    hooking.channel.table | 前置库 | drop table
    hooking.drop.other-count | 批次声明 {stated} 行，实际 {found} 行 | the batch states {stated} rows and has {found}
    hooking.drop.other-digest | 批次的摘要与数据行不符 | the digest of the batch is not that of its rows
    hooking.drop.batch-remedy | 请核对后以新的批次号重新写入 | correct it, and deliver it as a new batch
    hooking.drop.no-rows | 批次没有数据行；没有数据的，请在平台登记零报 | the batch has no rows; where there is nothing to report, say so on the page of filings
    hooking.drop.away | 无法连接前置库：{detail} | the drop table's server cannot be reached: {detail}
    hooking.drop.away-remedy | 请检查主机、端口、用户和口令，确认服务器在运行 | check host, port, user and password, and that the server runs
    hooking.drop.refused | 前置库拒绝读取：{detail} | the drop table cannot be read: {detail}
    hooking.drop.refused-remedy | 请按下方的建表语句核对表名、列名和账号权限 | compare names, columns and rights with the tables below
    hooking.drop.other-reading | 使用前置库的挂接必须按 UTF-8、逗号分隔、第 1 行为表头的文本读取 | a hook with a drop table must read text in UTF-8, parted by commas, with its header in line 1
    hooking.drop.other-reading-remedy | 请先用一个同样列名的 CSV 样例文件挂接 | hook a CSV example with the same columns first
    hooking.drop.not-there | 该挂接没有前置库 | the hook has no drop table
    """)
