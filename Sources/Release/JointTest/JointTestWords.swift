package import Kernel

package let jointTestWords = Words(
    """
    joint-test.joint-test | 联调测试 | Joint test
    joint-test.title | 联调测试：{entry} | Joint test: {entry}
    joint-test.mark | 联调测试·合成数据 | joint test, synthetic data
    joint-test.why | 在供出真实数据之前，用合成数据走一遍同一条供数路径，让双方的程序先对上。 | Before a real row leaves, made-up rows go the same way, so that the programs of both sides fit.
    joint-test.means | 联调测试·合成数据：以下内容按目录公布的信息项结构编造，不含任何真实数据，也不是供数；不占额度，不计费，没有回执。 | Joint test, synthetic data: what follows is made up from the columns that the entry publishes. There is no real row in it, and it is no release: no quota, no bill, no receipt.
    joint-test.how | 合成数据经过本授权同一份执行计划（信息项、脱敏、行条件、最少行数），以同样的格式给出。同样的种子给出同样的数据。 | The rows go through this grant's own plan (columns, masks, row condition, least rows) and come in the same formats. The same seed gives the same rows.
    joint-test.new | 新的测试 | New test
    joint-test.make | 生成合成数据 | Make the rows
    joint-test.made | 测试已生成。 | The test is made.
    joint-test.delivery | 供数方式 | Delivery
    joint-test.rows | 合成行数 | Rows made
    joint-test.unit-rows | 行 | rows
    joint-test.rows-hint | {min} 至 {max} 行；行数少于代码表的取值数时，不是每个代码都会出现。 | {min} to {max}. With fewer rows than a code list has values, not every code occurs.
    joint-test.seed | 种子 | Seed
    joint-test.seed-hint | 整数；不填则随机选定，并显示在测试上。 | An integer; left empty, one is chosen and shown with the test.
    joint-test.tests | 历次测试 | Tests so far
    joint-test.no-tests | 尚未测试 | Nothing was tried yet
    joint-test.no-rows | 没有符合行条件的行 | No row passes
    joint-test.made-at | 测试时间 | Made at
    joint-test.made-by | 测试人 | By
    joint-test.rows-out | 供出行数 | Rows out
    joint-test.rows-withheld | 行条件滤除 | Withheld
    joint-test.digest | 摘要（SHA-256） | Digest (SHA-256)
    joint-test.run | 一次联调测试 | One joint test
    joint-test.run-title | 联调测试结果：{entry} | One joint test: {entry}
    joint-test.run-why | 合成数据，不是供数。 | Made-up rows, no release.
    joint-test.fetch | 下载测试文件 | Download the test file
    joint-test.first-rows | 合成数据的前几行 | The first rows
    joint-test.calls | 测试接口 | Test interface
    joint-test.calls-how | 用同一个访问密钥调用；请求与拒绝同正式接口一致，只是地址不同，回答带 synthetic 标记和 Headwaters-Joint-Test 头。 | Call it with the same key. Requests and refusals are those of the real interface; only the address differs, and each answer says synthetic and has the header Headwaters-Joint-Test.
    joint-test.one-of | {delivery@release.delivery.} · {at} · 种子 {seed} | {delivery@release.delivery.} · {at} · seed {seed}
    joint-test.faults | 问题 | Faults
    joint-test.no-faults | 没有提出问题。 | No fault was told.
    joint-test.fault-number | 问题 {number} | Fault {number}
    joint-test.fault | 问题描述 | What is wrong
    joint-test.of-test | 出在哪次测试 | Of which test
    joint-test.of-no-test | 不限于某次 | of none in particular
    joint-test.its-test | 查看该次测试 | That test
    joint-test.tell | 提出问题 | Tell a fault
    joint-test.told | 问题已提出，已转提供方。 | The fault is told; the provider has it.
    joint-test.answer | 提供方答复 | Answer
    joint-test.give-answer | 答复 | Answer
    joint-test.answered | 已答复。 | Answered.
    joint-test.words | 双方意见 | What both sides say
    joint-test.no-words | 双方尚未表态 | Nobody has said anything
    joint-test.said-at | 时间 | At
    joint-test.said-by | 确认人 | By
    joint-test.side | 一方 | Side
    joint-test.side.recipient | 使用方 | recipient
    joint-test.side.provider | 提供方 | provider
    joint-test.verdict | 意见 | Verdict
    joint-test.verdict.passed | 联调通过 | passed
    joint-test.verdict.waived | 放弃联调 | waived
    joint-test.undone | 因后来提出的问题撤回 | taken back by a later fault
    joint-test.note | 说明 | Note
    joint-test.say | 确认 | What we say
    joint-test.say-passed | 确认联调通过 | It passed
    joint-test.said.passed | 已确认联调通过。 | Said that it passed.
    joint-test.said.waived | 已放弃联调测试。 | The joint test is waived.
    joint-test.waive | 放弃联调测试 | Waive the joint test
    joint-test.waive-means | 放弃后即可供出真实数据，本授权的联调测试就此结束。 | Real rows may leave then, and the joint test of this grant is over.
    joint-test.waive-reason | 放弃的理由 | Why
    joint-test.to-request | 查看申请 | The request
    joint-test.waiting | 待办的联调测试 | Joint tests that wait for you
    joint-test.column-entry | 目录条目 | Entry
    joint-test.column-standing | 状态 | State
    joint-test.column-what | 待办事项 | What waits
    joint-test.standing.none | 未测试 | not tried
    joint-test.standing.underway | 测试中 | under way
    joint-test.standing.faults | 有待答复的问题 | faults open
    joint-test.standing.half | 一方已确认 | one side agrees
    joint-test.standing.passed | 联调通过 | passed
    joint-test.standing.waived | 已放弃联调 | waived
    joint-test.told.none-required | 本授权约定：联调测试通过之前不供出任何数据。尚未测试。 | This grant lets nothing out before its joint test has passed. Nothing was tried yet.
    joint-test.told.none-optional | 尚未测试。建议在首次供数前先做联调测试。 | Nothing was tried yet. Better before the first delivery than after it.
    joint-test.told.underway-required | 已测试 {tests} 次，待双方确认通过；在此之前不供出任何数据。 | Tried {tests} times; both sides have yet to say that it passed, and nothing leaves before.
    joint-test.told.underway-optional | 已测试 {tests} 次，待双方确认通过。 | Tried {tests} times; both sides have yet to say that it passed.
    joint-test.told.faults-required | 有 {faults} 个问题待提供方答复；联调通过之前不供出任何数据。 | {faults} faults wait for the provider's answer; nothing leaves before it has passed.
    joint-test.told.faults-optional | 有 {faults} 个问题待提供方答复。 | {faults} faults wait for the provider's answer.
    joint-test.told.half-required | 一方已确认通过，待另一方确认；在此之前不供出任何数据。 | One side has said that it passed; the other has yet to, and nothing leaves before.
    joint-test.told.half-optional | 一方已确认通过，待另一方确认。 | One side has said that it passed; the other has yet to.
    joint-test.told.passed | 双方已确认联调通过（{at}）。 | Both sides say that it passed ({at}).
    joint-test.told.waived | 使用方已放弃联调测试（{at}）。 | The recipient has waived it ({at}).
    joint-test.not-found | 没有这项联调测试。 | There is no such joint test.
    joint-test.filter-unsatisfied | 造不出满足行条件的数据：{condition} | No row can be made up that fits the row condition: {condition}
    joint-test.filter-remedy | 条件可能自相矛盾，或取值写法（MATCHES）过于特殊；请与提供方核对条件。 | It may contradict itself, or demand a form (MATCHES) that nothing here has. Look at it with the provider.
    joint-test.rows-out-of-range | 合成行数应为 {min} 至 {max} 行。 | {min} to {max} rows can be made.
    joint-test.seed-malformed | 种子应为 0 至 999999999 的整数。 | A seed is an integer from 0 to 999999999.
    joint-test.other-delivery | 这次测试是按另一种供数方式做的。 | This test was made for another delivery.
    joint-test.file-gone | 测试文件已过保存期。 | The file of this test is no longer kept.
    joint-test.again-remedy | 用同一种子再测试一次，即得到同样的数据。 | Make another test with the same seed: it is the same rows.
    joint-test.text-needed | 请填写，至多 {max} 字。 | Say something, in {max} characters at most.
    joint-test.too-many-faults | 一项授权最多提出 {max} 个问题。 | A grant has {max} faults at most.
    joint-test.too-many-tests | 一项授权 24 小时内最多测试 {max} 次。 | A grant is tried {max} times in 24 hours at most.
    joint-test.already-answered | 这个问题已有答复。 | This fault was answered before.
    joint-test.nothing-tried | 尚未测试，不能确认通过。 | Nothing was tried, so nothing has passed.
    joint-test.faults-open | 还有 {count} 个问题未答复，不能确认通过。 | {count} faults are not answered yet.
    joint-test.already-said | 联调测试已有结论，或本方已经确认。 | It is over, or your side has said so already.
    joint-test.grant-over | 授权已终止。 | The grant has ended.
    joint-test.api-list | 一项授权的联调测试记录 | The joint tests of a grant
    joint-test.api-make | 生成一次联调测试 | Make a joint test
    joint-test.api-make-about | 用合成数据走本授权的执行计划。不是供数：不占额度，没有回执。 | Made-up rows through the grant's plan. No release: no quota, no receipt.
    joint-test.api-read | 一次联调测试 | One joint test
    joint-test.api-file | 联调测试文件 | The file of a joint test
    joint-test.api-rows | 联调测试：分页读取 | Joint test: pages of rows
    joint-test.api-rows-about | 与授权的正式接口同样的请求和拒绝；回答带 synthetic 标记。 | The requests and refusals of the grant's own interface; the answer says synthetic.
    joint-test.api-look-up | 联调测试：按键查询 | Joint test: look-ups
    joint-test.api-tell | 提出联调问题 | Tell a fault of a joint test
    joint-test.api-answer | 答复联调问题 | Answer a fault of a joint test
    joint-test.api-say | 确认联调通过，或放弃联调 | Say that the joint test passed, or waive it
    joint-test.api-say-about | 使用方、提供方各确认一次；放弃（waived）只由使用方说，并附理由（note）。 | Each side says it once; only the recipient waives it, and says why in `note`.
    """)
