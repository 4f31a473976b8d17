"""What other programs call their columns, in Chinese and English, folded; the likeliest word first."""

from collections.abc import Mapping

from complaint_desk.models.importing import Target

_WORDS: Mapping[Target, str] = {
    Target.RECORD: """
        ticket # | ticket | ticket no | ticket number | ticket id | case | case no | case id |
        case number | complaint id | complaint no | complaint number | record | record id | reference |
        ref | ref no | id | no | number | incident | incident no | incident id | serial | 单号 | 工单号 |
        工单编号 | 投诉单号 | 投诉编号 | 编号 | 序号 | 记录号 | 记录编号 | 受理编号 | 流水号 | 案件编号 |
        案号 | 受理单号 | 登记号 | 投诉单编号 | 工单 | 订单编号
    """,
    Target.RECEIVED: """
        received at | received | received on | date received | receipt date | created at | created |
        created on | date created | creation date | opened | opened at | opened on | open date |
        complaint date | date of complaint | date | datetime | date time | timestamp | reported on |
        report date | reported at | logged | logged at | call date | call time | date and time |
        submitted | submitted at | registered | registered at | entry date | start date | 受理时间 |
        受理日期 | 接收时间 | 来电时间 | 来电日期 | 登记时间 | 登记日期 | 创建时间 | 创建日期 | 投诉时间 |
        投诉日期 | 日期 | 提交时间 | 提交日期 | 反馈时间 | 反馈日期 | 建单时间 | 录入时间 | 接单时间 |
        接到时间 | 收到时间 | 受理日 | 接诉时间 | 接诉日期 | 投诉日
    """,
    Target.RECEIVED_TIME: """
        time | time received | received time | time of call | created time | hour | time of day | 时间 |
        时刻 | 时点 | 受理时刻 | 来电时刻 | 几点
    """,
    Target.WHAT: """
        what | complaint | customer complaint | complaint text | complaint details | description |
        complaint description | details | narrative | consumer complaint narrative | issue | problem |
        subject | summary | content | text | message | body | title | what happened | case description |
        issue description | comments | feedback | nature of complaint | reason | 投诉内容 | 内容 |
        投诉详情 | 何事 | 问题描述 | 描述 | 详情 | 诉求内容 | 事由 | 投诉事由 | 问题 | 情况 | 投诉情况 |
        反映问题 | 反映内容 | 主题 | 标题 | 摘要 | 留言 | 反馈内容 | 事情经过 | 投诉问题 | 来电内容 |
        受理内容 | 情况描述
    """,
    Target.CALLER: """
        caller | customer | customer name | name | full name | complainant | complainant name | contact |
        contact name | client | client name | consumer | consumer name | requester | reported by | from |
        caller name | contact person | 姓名 | 客户 | 客户姓名 | 顾客 | 顾客姓名 | 投诉人 | 投诉人姓名 |
        来电者 | 来电人 | 联系人 | 会员姓名 | 消费者 | 消费者姓名 | 称呼 | 客户名称 | 用户 | 用户姓名 |
        申诉人
    """,
    Target.PHONE: """
        phone | phone number | telephone | telephone number | tel | mobile | mobile number | cell |
        contact number | contact phone | caller id | callback number | phone no | mobile phone | msisdn |
        caller number | calling number | customer phone | 电话 | 电话号码 | 联系电话 | 手机 | 手机号 |
        手机号码 | 来电号码 | 联系方式 | 客户电话 | 顾客电话 | 投诉人电话 | 主叫号码 | 回访电话 |
        联系手机
    """,
    Target.EXTENSION: """
        extension | ext | 分机 | 分机号 | 内线
    """,
    Target.WHEN: """
        when | when it happened | incident date | date of incident | incident time | event date |
        occurred on | occurred at | purchase date | date of purchase | date of occurrence | 何时 |
        发生时间 | 发生日期 | 事发时间 | 事发日期 | 购买日期 | 购买时间 | 消费时间 | 消费日期
    """,
    Target.WHERE: """
        where | place | location | site | address | city | town | state | province | county | zip |
        zip code | postcode | postal code | region | area | district | country | place of incident | 何地 |
        地点 | 地址 | 发生地点 | 事发地点 | 城市 | 省 | 省份 | 市 | 区 | 区县 | 区域 | 地区 | 位置 |
        所在地 | 楼层 | 柜台 | 部门 | 邮编 | 邮政编码
    """,
    Target.WHO: """
        who | staff involved | employee involved | person involved | staff | employee | clerk | cashier |
        accused | respondent | member of staff | complained about | against | 何人 | 涉及人员 | 涉事人员 |
        被投诉人 | 被投诉对象 | 当事人 | 责任人 | 员工 | 店员 | 涉及员工
    """,
    Target.HOW: """
        how | course | circumstances | handling so far | history | notes | remarks | remark | note |
        additional details | company response | response | action taken | resolution | outcome | 如何 |
        经过 | 处理经过 | 过程 | 处理过程 | 备注 | 说明 | 处理情况 | 处理结果 | 处理意见 | 跟进记录 |
        解决方案 | 办理结果 | 回复内容 | 答复内容
    """,
    Target.REMEDY_WANTED: """
        remedy wanted | remedy | wants | demand | request | requested remedy | desired outcome |
        desired resolution | expectation | customer request | claim | 诉求 | 客户诉求 | 顾客诉求 | 要求 |
        客户要求 | 期望 | 期望结果 | 期望处理 | 投诉要求 | 索赔要求
    """,
    Target.STATUS: """
        status | state of case | case status | ticket status | complaint status | stage | progress |
        current status | resolution status | ticket state | 状态 | 工单状态 | 处理状态 | 投诉状态 | 进度 |
        处理进度 | 办理状态 | 是否办结 | 是否解决 | 结案状态
    """,
    Target.CHANNEL: """
        channel | received via | via | source | submitted via | contact method | medium | origin |
        case origin | complaint channel | intake channel | mode | method | how received | 渠道 | 来源 |
        投诉渠道 | 受理渠道 | 来源渠道 | 投诉来源 | 途径 | 投诉方式 | 受理方式 | 来电渠道
    """,
    Target.CAUSE: """
        cause | category | complaint category | complaint type | root cause | reason code | issue type |
        classification | topic | cause code | 原因 | 投诉原因 | 原因分类 | 投诉类别 | 投诉分类 | 类别 |
        分类 | 问题分类 | 问题类型 | 投诉类型
    """,
    Target.TYPE: """
        complainant type | caller type | 投诉者类型 | 来电者类型 | 投诉人类型 | 顾客类型
    """,
    Target.SEVERITY: """
        severity | priority | urgency | level | grade | complaint level | importance | impact | 严重程度 |
        严重性 | 严重等级 | 优先级 | 等级 | 级别 | 投诉等级 | 紧急程度 | 重要性
    """,
    Target.STORE: """
        store | store name | store code | shop | branch | outlet | store no | store number | 门店 |
        门店名称 | 店铺 | 店名 | 分店 | 门店编号 | 商店 | 所属门店 | 涉及门店 | 商场
    """,
    Target.OWNER: """
        owner | assigned to | assignee | agent | handler | handled by | responsible | case owner |
        assigned agent | operator | representative | csr | 负责人 | 受理人 | 处理人 | 经办人 | 跟进人 |
        客服 | 客服人员 | 坐席 | 接线员 | 受理客服 | 承办人
    """,
    Target.DROPPED: """
        import_line | import_reason | import line | import reason
    """,
}
"""What the desk's own file of faulty lines adds is left out again."""

WORDS: Mapping[Target, tuple[str, ...]] = {
    target: tuple(word.strip() for word in words.split("|")) for target, words in _WORDS.items()
}
