"""The vocabulary of targets: closed word classes of the language of plans, no document's own phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from intake.reader.model import Comparator

AT_LEAST, MORE, AT_MOST, LESS = Comparator.AT_LEAST, Comparator.MORE, Comparator.AT_MOST, Comparator.LESS


def listed(words: str) -> tuple[str, ...]:
    """The words of a table written with spaces between them."""
    return tuple(words.split())


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches one of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


# Words that may stand between a subject and its number. None says nothing of the direction.
PREDICATES: Final[dict[str, Comparator | None]] = {
    **dict.fromkeys(
        listed(
            "达到 达 达至 不低于 不少于 不小于 不得低于 不得少于 不能低于 不能少于 不应低于 不应少于 至少 "
            "最少 不下 提高到 提高至 提升到 提升至 增加到 增加至 增至 增长到 增长至 上升到 上升至 扩大到 "
            "扩大至 扩展到 升至 稳定在 保持在 保持 维持在 巩固在 稳定 ≥ ≧"
        ),
        AT_LEAST,
    ),
    **dict.fromkeys(listed("超过 突破 高于 大于 多于 超 超出 >"), MORE),
    **dict.fromkeys(
        listed(
            "不超过 不高于 不大于 不多于 不得超过 不得高于 不能超过 不超 最多 最多不超过 控制在 控制到 控制 "
            "限制在 压缩至 压缩到 压缩为 缩短至 缩短到 缩短为 压减至 压减到 压减为 缩减至 缩减到 精简至 "
            "精简到 精简为 减少至 减少到 减少为 减至 减到 降至 降到 降为 降低至 降低到 下降至 下降到 压降至 "
            "压降到 压至 ≤ ≦"
        ),
        AT_MOST,
    ),
    **dict.fromkeys(listed("低于 少于 小于 <"), LESS),
    **dict.fromkeys(
        listed(
            "均 都 全部 分别 力争 争取 确保 总体 基本 平均 要 应 须 需 应当 必须 要求 将 为 是 在 到 至 约 "
            "近 各 再 能 全年 年内 全年累计 累计 原则上 均应 均要 年均 = ＝ 总计 共计 合计 年底前 年底"
        ),
        None,
    ),
}
SUFFIXES: Final[dict[str, Comparator | None]] = {
    "及以上": AT_LEAST, "以上": AT_LEAST, "之上": AT_LEAST, "左右": None, "及以内": AT_MOST, "以内": AT_MOST,
    "之内": AT_MOST, "内": AT_MOST, "及以下": AT_MOST, "以下": LESS, "之下": LESS,
}  # fmt: skip
RISES: Final = listed("增长 提高 提升 上升 增加 递增 增幅 提速 升高 扩大")
FALLS: Final = listed("下降 降低 减少 压减 压缩 缩减 缩短 削减 精简 压降 减幅 降幅 减轻 下浮 双下降")
COMPARED: Final = (
    r"(?:(?:同比|环比|(?:较|比|与)(?:上年度?|去年|上一年度?|往年|前年|基准年|[0-9]{4}年)(?:同期|相比)?|再|平均|年均|实现|力争|至少|"
    r"进一步|分别|均|逐年|总体|有所)*)$"
)

# Where a share or an amount is named: the last word of its noun phrase.
ATTRIBUTES: Final = listed(
    "率 比例 占比 比重 覆盖面 满意度 知晓度 认可度 信任度 指数 抽检量 检测量 监测量 检验量 数量 总量 "
    "量 起数 人数 件数 次数 户数 总数 家数 面积 评价 得分 成绩 分数 浓度 强度 能耗 时限 时间 成本 "
    "增幅 降幅 减幅 规模 投资 收入 支出 产值 增加值 里程 金额 总额 周期 天数 环节 水平 指标 幅度 涨幅 增速 面 考核 损失"
)
SHARES: Final = ("率", "比例", "占比", "比重", "覆盖面", "度")
AMOUNTS: Final = ("量", "数", "额", "产值", "投资", "收入", "面积")

# Nouns of supervisory work: what stands between an entity and its rate.
PROCESSES: Final = listed(
    "主体责任 监督检查 日常检查 专项检查 飞行检查 体系检查 监督抽检 监督抽查 监督抽考 例行监测 风险监测 "
    "风险分级 分级管理 量化分级 核查处置 隐患排查 问题整改 培训考核 登记备案 食品安全 产品质量 "
    "质量安全 安全生产 标准化建设 规范化建设 标准化 规范化 年度 总体 核查 处置 处理 监督 检查 抽查 "
    "抽检 抽考 检测 监测 检验 评价 评估 考核 考试 培训 自查 排查 整改 报告 登记 备案 建档 立案 办结 "
    "办理 完成 按时 按期 及时 限期 发现 风险 隐患 问题 建设 改造 覆盖 达标 合格 符合 通过 参保 投保 "
    "持证 上岗 配备 落实 执行 公示 公开 上报 反馈 回复 答复 回访 签订 签约 履约 追溯 上传 录入 注册 "
    "使用 安装 销号 移送 查处 结案 破案 公布 发布 推广 普及 利用 回收 处罚 督办 约谈 一次性 首次 总 "
    "平均 综合 后 依法 有效 规范 准确 安全 建成 论证 召回 无害化 审批 监管 管理 防控 管控 指导 督导 "
    "健康 防治 收集 转运 知晓 满意度 满意 测评 查验 整治 治理 清理 体检 报废 销毁 运行 维护 维修 "
    "更新 更换 申报 纳入 接入 联网 预警 响应 化解 调解 拨付 兑付 到位 支付 救援 值守 演练 巡查 走访 "
    "建立 公告"
)
# Words that end the name of whoever is supervised, so that what follows in a list is shared.
BODIES: Final = listed(
    "企业 单位 机构 食堂 学校 幼儿园 超市 集中交易市场 批发市场 农贸市场 市场主体 门店 餐厅 饭店 "
    "宾馆 商户 经营户 农户 用户 住户 大户 者 作坊 摊贩 摊点 工作站 服务站 服务中心 医院 卫生院 "
    "养老院 敬老院 园区 街道 乡镇 社区 行政村 平台 基地 合作社 场所 网点 药店 诊所 站点 店 养殖场 "
    "屠宰场 农场 工厂 水厂 商场 景区 酒店 家庭 工地 矿山 小区 学生 居民 群众 从业人员 职工 儿童 老人 "
    "老年人 妇女 患者"
)
# What may be supervised besides: things and persons that a share can be one of.
ENTITIES: Final = BODIES + listed(
    "市场 主体 人员 中心 车间 车辆 河流 断面 项目 产品 食品 农产品 药品 餐饮 品种 管理员 总监 安全员 "
    "负责人 法人 区域 领域 工程 事项 案件 设备 县"
)

# Openings that add nothing to a subject; LEADS before a share, MILD_LEADS before a count, whose verb is part of it.
MILD_LEADS: Final = listed(
    "力争 确保 保证 努力 争取 使 其中 并 且 同时 进一步 切实 全面 不断 持续 稳步 加快 深入 大力 积极 "
    "扎实 全年 年内 今年 年底前 年底 本年度 以及 和 及 、 ， ： 。 ； 要 应 均应 均 全力 着力 继续 "
    "一是 二是 三是 四是 五是 让 另外 此外 计划 全年共 共 高质量 高标准 务必 必须 其它 到期 将 至 到 "
    "实现"
)
LEADS: Final = MILD_LEADS + listed(
    "保障 实现 推动 推进 促进 把 稳步 有效 提升 提高 巩固 保持 到年底 达到 完成 做到 与 严格 "
    "年底实现 加大 加强 强化 开展 实施 组织 统筹 按照 对 在 最终 每年 通过 以 明确 圆满 全面完成 "
    "确保实现 推动实现"
)
# What makes of such an opening the first half of a longer word: 应急, 要素, 及时率, 完成率.
COMPOUNDS: Final = {
    "应": "急保检对用届收季", "要": "素求件", "到": "位期岗场", "及": "时格", "使": "用命",
    "并": "联购网轨", "和": "谐美平解", "均": "衡等", "以": "上下内", "对": "口外标接照象比",
    "把": "关", "让": "利", "至": "少", "与": "会", "共": "享建治同青有", "将": "军",
    "在": "线建岗校册用营产", "计划": "生", "高标准": "农", "高质量": "发", "实现": "率",
    "保障": "性房", "提升": "机", "组织": "机体",
}  # fmt: skip

# Generic nouns that close an object: 登记备案管理 speaks of 登记备案.
CLOSERS: Final = listed(
    "专项整治行动 专项行动 提升行动 整治行动 攻坚行动 专项检查行动 行动 活动 工作 建设 管理 质量 "
    "力度 水平 能力 机制 制度 体系 程序 工程 计划 专项整治 监管 任务 安排 方案 年度计划 效能 责任 措施"
)
# Verbs that open what a clause is about, beyond LEADS.
OPENERS: Final = listed(
    "建成 规范 完善 健全 落实 制定 建立 深化 优化 加密 严格 严把 抓好 抓实 做好 办好 狠抓 强力 压实 突出 "
    "聚焦 围绕 举办 推行 推广 严防 管好 管住 用好 创新 构建 打造 培育 全程 启动 统筹 进行 支持 鼓励 "
    "引导 督促 指导 督导 组织 依托 配强 配齐 发挥 拓宽 畅通 履行 整治 严守 守牢 抓牢 抓紧 扩大 为 由"
)
GUIDES: Final = listed("督促 指导 要求 引导 组织 监督")

# Verbs of making and doing whose number is a target.
DEEDS: Final = listed(
    "新建 新增 新改建 新改扩建 改扩建 改建 扩建 续建 建成 建设 创建 争创 培育 打造 改造 提升 完成 "
    "实施 开展 举办 组织 召开 检查 抽检 抽查 抽样 检测 监测 检验 培训 评选 推出 选树 树立 制定 修订 "
    "发布 发放 查办 查处 侦破 破获 办理 建立 设立 设置 配备 配置 安装 投放 投资 投入 安排 争取 引进 "
    "招引 签约 申报 认定 认证 遴选 推荐 选拔 招录 招聘 招收 整治 整改 治理 清理 取缔 淘汰 关停 关闭 "
    "退出 拆除 更新 更换 建档 制作 编制 编发 印发 刊发 播出 推送 宣传 走访 巡查 督查 督导 暗访 抽考 "
    "考核 考试 评估 评价 演练 研判 会商 约谈 曝光 公布 公开 推广 扶持 支持 帮扶 救助 资助 惠及 服务 "
    "解决 处置 销毁 回收 栽植 造林 绿化 修复 疏浚 铺设 敷设 供应 生产 实现 推动 推进 启动 开工 竣工 "
    "投用 达标 增加 增设 减免 减轻 化解 采购 征集 转化 孵化 转移 就业 创业 接种 筛查 体检 义诊 覆盖 "
    "建 种植 收购 储备 轮换 执法 立案 移送 报送 上报 提供 落地 调研 练兵 竞赛 轮训 复查 排查 普查 "
    "攻坚 消除 压减 削减 减少 挖掘 增殖 放流 购置 搬迁 打击 打掉 摸排 核查 飞行检查 培养 完善 出台 "
    "形成 总结 挂牌 兑现 举行 录制 拍摄 张贴 报道 讲座 授课 论坛 辅导 表彰 命名 评定 验收 盘活 招商 "
    "纳入 延伸 优化 精简 归集 上线 开通 开放 开设 维修 加装 补种 达到 力争 完工 交付 开发 接入 改善 "
    "节水 节电 节约 新登记 新注册 新发展 调整 拥有 选取 抽取 放映 保障 注销 关爱 护航 改扩 扩面"
)
# Verbs that take a number in Chinese numerals as a manner of speaking (建立三项机制).
LOOSE_DEEDS: Final = frozenset(
    listed("建立 完善 推动 推进 实现 落实 实施 提升 支持 服务 形成 力争 达到 优化 打造 覆盖 纳入 公开 宣传")
)
# What stands right before a number that counts what exists already.
EXISTING: Final = listed(
    "的 全部 所有 这 该 上述 以下 下列 共 等 共有 现有 已有 涉及 分为 包括 聚焦 围绕 针对 含 第 跑 "
    "前 近 每 任一 同一 另 某 上 满 以 紧盯 依托 按 坚持 利用 由 经 从 于 连续 每逢 各"
)

# Verbs that tell what a share of the subjects does (80%以上的经营店达到标准).
ACTS: Final = listed(
    "达到 实现 完成 建成 开展 实施 建立 纳入 通过 落实 配备 使用 安装 推行 应用 符合 接受 参加 获得 "
    "取得 设置 加入 签订 购买 投保 接入 运用 执行 制定 参与 采用 持有 公示 覆盖 进行 设立 得到"
)
SIZES: Final = frozenset(
    listed(
        "人 名 平方 平方米 平方公里 万元 亿元 元 岁 张 床 床位 吨 万吨 户 千瓦 兆瓦 立方米 万人 米 亩 "
        "公斤 千克 小时 天 日 方 立方"
    )
)
DURATIONS: Final = frozenset(listed("天 日 小时 分钟 工作日"))
GOALS: Final = listed("不低于 不少于 不得低于 不得少于 至少 最少 达到 达 不超过 不高于")
