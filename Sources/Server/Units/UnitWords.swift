import Kernel

let unitWords = Words(
    """
    unit.units | 单位 | Units
    unit.units-why | 提供、申请、接收数据的部门、县区、企业和其他机构，含曾用名与承继关系。 | Departments, counties, enterprises and others that keep, ask for or receive data, with former names and successors.
    unit.one | 单位：{name} | Unit: {name}
    unit.name | 名称 | Name
    unit.official-name | 正式名称 | Official name
    unit.kind | 类别 | Kind
    unit.every-kind | 全部类别 | Every kind
    unit.uscc | 统一社会信用代码 | Unified social credit code
    unit.uscc-hint | 18 位，可不填。 | 18 characters; may be left empty.
    unit.division | 行政区划代码 | Division code
    unit.division-hint | GB/T 2260 六位代码，可不填。 | Six digits of GB/T 2260; may be left empty.
    unit.parent | 上级单位 | Belongs below
    unit.no-parent | 无上级单位 | Nobody
    unit.founded | 设立日期 | Founded
    unit.dissolved | 撤销日期 | Dissolved
    unit.is-dissolved | 已撤销 | Dissolved
    unit.on-day | 截至日期 | As of
    unit.on-day-hint | 查看当日存续的单位及当时名称。 | Units that existed on that day, under their names of then.
    unit.none | 没有符合条件的单位。 | No unit fits.
    unit.new | 登记单位 | Register a unit
    unit.register | 登记 | Register
    unit.registered | 单位已登记。 | The unit is registered.
    unit.aliases | 其他名称 | Other names
    unit.aliases-hint | 简称或文件中的称呼，以分号分隔，用于查找。 | Short names and what documents call it, parted by semicolons; for finding it.
    unit.names | 名称沿革 | Names
    unit.name-kind | 名称类别 | Kind of name
    unit.name.official | 正式名称 | official
    unit.name.short | 简称 | short
    unit.name.alias | 别名 | alias
    unit.from-day | 起始日期 | From
    unit.through-day | 截止日期 | Through
    unit.rename | 更名 | Rename
    unit.rename-note | 单位还是同一个单位：条目、授权和岗位不变，原名称保留在沿革中。 | It stays the same unit: entries, grants and posts are kept, and so is the old name.
    unit.new-name | 新名称 | New name
    unit.renamed | 单位已更名。 | The unit has a new name.
    unit.place | 调整隶属关系 | Move below another unit
    unit.placed | 隶属关系已调整。 | The unit was moved.
    unit.members | 组成单位 | Members
    unit.members-note | 文件中合称的单位，如“各县区”。 | Units that documents name together, such as all counties.
    unit.members-set | 组成单位已保存。 | The members are saved.
    unit.save | 保存 | Save
    unit.day-unreadable | 请填写日期。 | A day is needed.
    unit.unreadable | 有几项未填写或无法识别。 | Some answers are missing or cannot be read.
    unit.table.predecessors | 前身 | Came of
    unit.table.successors | 承继单位 | Successors
    unit.table.members | 组成单位 | Members
    unit.table.below | 下级单位 | Units below
    site.way.units | 登记、更名、撤并单位，查看名称沿革与承继关系。 | Register, rename and merge units; see their history.
    """)
