"""What reports count, in their words: applications, cases, documents, decisions, charges.

Each entry says what a word is and, where it matters, which one.  Longer words win, so a
word that must not be taken for its beginning only needs to stand here, too.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.prose.words import Word

# Rows of the applications table, as patterns of row keys.
_RESULTS = {
    "disclosed": "予以公开 同意公开 准予公开 给予公开 全部公开 予公开 已予公开 可以公开 完全公开",
    "partly_disclosed": "部分公开 予以部分公开 同意部分公开 部分予以公开 给予部分公开",
    "refused_*": "不予公开 不同意公开 未予公开 不公开 不予以公开",
    "refused_state_secret": "属于国家秘密 涉及国家秘密 属国家秘密 国家秘密",
    "refused_other_law": (
        "其他法律行政法规禁止公开 其他法律、行政法规禁止公开 法律行政法规禁止公开 "
        "法律、行政法规禁止公开 其它法律行政法规禁止公开"
    ),
    "refused_safety_stability": ("危及“三安全一稳定” 危及三安全一稳定 “三安全一稳定” 三安全一稳定"),
    "refused_third_party": (
        "保护第三方合法权益 第三方合法权益 损害第三方合法权益 涉及第三方合法权益 侵害第三方合法权益"
    ),
    "refused_internal_affairs": (
        "属于三类内部事务信息 三类内部事务信息 三类内部事务 内部事务信息 内部管理信息 属于内部事务"
    ),
    "refused_process": "属于四类过程性信息 四类过程性信息 四类过程信息 过程性信息",
    "refused_enforcement_file": "属于行政执法案卷 行政执法案卷信息 行政执法案卷 执法案卷",
    "refused_inquiry": "属于行政查询事项 行政查询事项 行政查询类",
    "unavailable_*": "无法提供 不能提供 未能提供 无法予以提供 不予提供",
    "unavailable_not_held": (
        "本机关不掌握相关政府信息 本机关不掌握 本行政机关不掌握 本单位不掌握 我局不掌握 "
        "本局不掌握 本办不掌握 我办不掌握 本委不掌握 我委不掌握 不掌握相关政府信息 "
        "不掌握相关信息 不掌握 不掌握的政府信息 非本机关掌握 本机关不掌握相关信息 不掌握该信息 "
        "不掌握申请信息 非本机关制作或保存"
    ),
    "unavailable_not_existing": (
        "没有现成信息需要另行制作 没有现成信息、需要另行制作 没有现成信息 无现成信息 "
        "需要另行制作 需另行制作"
    ),
    "unavailable_unclear": (
        "补正后申请内容仍不明确 补正后仍不明确 申请内容仍不明确 补正后内容仍不明确"
    ),
    "rejected_*": "不予处理 作不予处理",
    # A word from before the form, which has no row of its own.
    "rejected_*|other*": "不予受理",
    "disclosed|partly_disclosed": (
        "公开或部分公开 公开及部分公开 公开和部分公开 公开、部分公开 公开或者部分公开"
    ),
    "rejected_petition": (
        "信访举报投诉类申请 信访举报投诉类 信访、举报、投诉类申请 信访、举报、投诉类 "
        "信访投诉举报类申请 信访投诉举报类 信访、投诉、举报类申请 信访、投诉、举报类 信访类申请 "
        "信访类 信访举报投诉 信访、举报、投诉等申请 信访、举报、投诉"
    ),
    "rejected_repeat": "重复申请",
    "rejected_publication": "要求提供公开出版物 提供公开出版物 公开出版物",
    "rejected_excessive": "无正当理由大量反复申请 大量反复申请",
    "rejected_confirmation": (
        "要求行政机关确认或重新出具已获取信息 确认或重新出具已获取信息 要求确认或重新出具已获取信息"
    ),
    "other*": "其他处理 其它处理 作其他处理 其他方式处理 其他情形处理 其他处理方式",
    "other_not_corrected": "申请人无正当理由逾期不补正 无正当理由逾期不补正 逾期不补正 逾期未补正",
    "other_fee_unpaid": "逾期未按收费通知要求缴纳费用 逾期未缴纳费用 逾期未缴费",
}

# Columns of the applications table; @corporate stands for all kinds of organisation.
_APPLICANTS = {
    "natural_person": "自然人 公民 个人 公民个人",
    # One kind of organisation in the form; in prose often all of them.
    "@enterprise": "企业",
    "@corporate": (
        "法人或其他组织 法人和其他组织 法人及其他组织 法人、其他组织 法人与其他组织 "
        "法人或者其他组织 法人或其它组织 法人和其它组织 法人组织 法人"
    ),
    "business": "商业企业",
    "research": "科研机构",
    "public_welfare": "社会公益组织 公益组织",
    "legal_service": "法律服务机构 法律服务组织",
}

_CARRIES = {
    "in": (
        "上年结转 上年度结转 上一年结转 上一年度结转 去年结转 往年结转 以前年度结转 上年转结 "
        "上年度转结 上一年度转结 上年末结转 上年底结转 年初结转 上年遗留 上年度遗留 结转上年 "
        "结转上年度 上年结存 上年度结存 上年转入 上年度转入 上年未办结转 由上年结转 上年结余 "
        "上年度结余 上年跨年 上年度跨年"
    ),
    "none_in": "上年无结转 上年度无结转 无上年结转 无上年度结转 上一年度无结转 上年没有结转",
    "out": "跨年办理 跨年度办理",
    "unknown": "结转 转结",
}

# Blocks of the cases table, and how cases end.
_CASES = {
    "reconsideration": (
        "行政复议 复议 行政复议申请 复议申请 申请行政复议 被申请行政复议 被行政复议 被复议 "
        "申请复议 提起行政复议 提起复议 被提起行政复议"
    ),
    "lawsuit": (
        "行政诉讼 诉讼 提起行政诉讼 提起诉讼 被提起行政诉讼 被提起诉讼 被诉 被诉讼 被起诉 "
        "行政诉讼案"
    ),
    "direct_lawsuit": (
        "未经复议直接起诉 未经行政复议直接起诉 直接起诉 直接提起行政诉讼 未经复议直接提起行政诉讼"
    ),
    "later_lawsuit": "复议后起诉 经复议后起诉 行政复议后起诉 复议后提起行政诉讼 复议后再起诉",
    "any": "行政争议 复议诉讼 行政复议诉讼 行政复议行政诉讼 复议诉讼案件",
}

_OUTCOMES = {
    "upheld": (
        "结果维持 维持 获维持 维持结果 予以维持 获得维持 维持原行政行为 维持原答复 维持原决定 "
        "结果为维持 维持原结果"
    ),
    "corrected": (
        "结果纠正 纠正 被纠正 纠错 被纠错 败诉 被判败诉 结果被纠正 予以纠正 结果为纠正 责令纠正"
    ),
    "annulled": "撤销 被撤销 确认违法 被确认违法 责令重新答复 责令履行 撤销原答复 责令重作",
    "other": "其他结果 其它结果 结果其他",
    "pending": "尚未审结 未审结 尚未结案 未审理完结",
    "hearing": "正在审理 正在审理中 审理中 尚在审理 尚在审理中 在审 仍在审理 仍在审理中 未结案",
    "dismissed": "驳回 被驳回 胜诉 终止 撤诉 驳回诉讼请求 驳回起诉 驳回复议申请",
}

# Rows of the disclosure table, and what happens to documents.
_DOCUMENTS = {
    "regulations": "规章 政府规章 市政府规章 省政府规章 地方政府规章 部门规章",
    "normative_documents": "行政规范性文件 规范性文件",
}

_MAKES = {
    "make": (
        "制发 制定 新制定 制定发布 制定印发 制定出台 制定并发布 制定并印发 新制发 新制作 制作 "
        "制作发布 新制定发布 制发公开"
    ),
    "issue": "印发 出台 发布 新出台 颁布 印发出台 出台发布 印发实施 新发布",
    "publish": (
        "公开 主动公开 新公开 公布 公开发布 发布公开 对外公开 印发并公开 制定公开 主动发布 公示 "
        "主动公示"
    ),
    "repeal": "废止 清理废止 废止数量 予以废止",
    "expire": (
        "失效 宣布失效 废止失效 废止或失效 废止或宣布失效 废止、失效 废止和失效 废止和宣布失效"
    ),
    "revise": "修改 修订",
    "in_force": "现行有效 继续有效 现行有效数量",
}

_DECISIONS = {
    "permits": "行政许可",
    "penalties": "行政处罚",
    "compulsions": "行政强制 行政强制措施",
}

# Words of which there are several sorts: the sort is what the table calls it.
VALUED: Mapping[Word, Mapping[str, str]] = {
    Word.RESULT: _RESULTS,
    Word.APPLICANT: _APPLICANTS,
    Word.CARRY: _CARRIES,
    Word.CASE: _CASES,
    Word.OUTCOME: _OUTCOMES,
    Word.DOCUMENT: _DOCUMENTS,
    Word.MAKE: _MAKES,
    Word.DECISION: _DECISIONS,
}

SUBJECTS: Mapping[Word, str] = {
    Word.APPLICATION: (
        "政府信息公开申请 信息公开申请 政务公开申请 政务信息公开申请 依申请公开申请 "
        "政府信息依申请公开申请 政府信息依申请公开 信息依申请公开 政务信息依申请公开 "
        "依申请公开政府信息 依申请公开信息 依申请公开政务信息 依申请公开 依法申请公开 "
        "依申请信息公开 依申请政府信息公开 依申请信息 依申请 申请公开政府信息 公开政府信息申请 "
        "公开政府信息的申请 公开信息的申请 政府信息申请 公开申请 申请信息公开 申请政府信息公开 "
        "申请公开信息 申请公开 信息申请 申请获取政府信息 获取政府信息的申请 申请政府信息 "
        "政府信息公开的申请 信息公开的申请 信息公开类申请 依申请公开政府信息申请 "
        "依申请公开信息申请 政府信息公开申请书 申请总量 申请量 申请总数 申请数量 "
        "依申请公开的申请 申请公开政府信息的要求 公开政府信息的要求 依申请件 信息公开依申请 "
        "政府信息申请公开 依申请公开信件 依申请公开请求 依申请公开申请件 信息公开申请件 "
        "政府信息公开申请件 依申请公开件 政府信息公开请求 信息公开请求"
    ),
    Word.REQUEST: "申请 申请件 申请事项 申请书",
    Word.INFORMATION: (
        "政府信息公开 信息公开 政务公开 政府信息 政务信息 相关政府信息 信息公开类 "
        "政府信息公开类 政府信息公开工作 信息公开工作 政务公开工作"
    ),
    Word.RECEIVE: (
        "收到 新收到 新收 收 接到 接收 接收到 收件 新接收 来件 新接到 收悉 接受 发生 新发生 "
        "收到过 接收过 接到过 新接受"
    ),
    Word.ACCEPT: (
        "受理 办理 处理 承办 登记受理 登记 受理办理 受理和办理 新受理 接收办理 接收处理 "
        "收到并受理 受理过 办理过 接收并处理 受理并处理 受理、办理 接办 处置"
    ),
    Word.FINISH: (
        "办结 答复 办复 回复 办理完毕 办理完成 办理答复 答复办结 办结答复 完成答复 完成办理 "
        "办毕 完结 公开答复 作出答复 出具答复 予以答复 已办结 办理回复 处理完毕 处理完成 "
        "依法答复 答复完毕 书面答复 给予答复 答复完成 办理并答复 处理答复 办结并答复 办理并办结"
    ),
    Word.NEW: "新 新增",
    Word.WITHIN_YEAR: "当年 当年度",
    Word.ONGOING: (
        "正在办理 正在办理中 办理中 在办 未办结 尚未办结 尚未办理完毕 未到期 尚在办理 "
        "尚在办理中 仍在办理 仍在办理中 尚未答复 未答复 在办理中 尚在法定期限内 正在处理中 "
        "处理中 待办理 待答复"
    ),
    Word.REST: (
        "其他 其它 其余 其他情况 其他情形 其它情况 其它情形 其他类 其他原因 其他类型 其他方式"
    ),
    Word.WITHDRAWN: (
        "撤回 撤销申请 主动撤回 自主撤销 撤回申请 申请人撤回 申请人撤销 申请人主动撤回 "
        "申请人撤回申请 申请人主动撤销 自行撤回 主动撤销 申请人自行撤回 放弃申请 申请人撤销申请 "
        "撤件 撤回复议申请 撤销复议申请 撤回行政复议申请 撤销行政复议申请 撤回复议 撤回起诉 "
        "撤回诉讼"
    ),
    Word.EVERYONE: (
        "公民、法人和其他组织 公民、法人或其他组织 公民、法人或者其他组织 公民、法人及其他组织 "
        "自然人、法人或其他组织 自然人、法人和其他组织 公民、法人、其他组织 公民法人和其他组织 "
        "公民和法人 公民、法人和社会组织 自然人和法人 公民、法人 群众和企业 企业和群众 "
        "公民、法人及社会组织 公民法人或其他组织"
    ),
    Word.CLOSED: "已审结 均已审结 全部审结 已结案 审结 结案",
    Word.PAPER: "文件 行政文件",
    Word.DECIDED: "处理决定数量 处理决定 决定数量 决定 决定书 处理决定数",
    Word.CHARGE: "行政事业性收费 行政事业收费",
    Word.PROCESSING_FEE: (
        "信息处理费 信息公开处理费 政府信息公开信息处理费 政府信息公开处理费 政府信息处理费 "
        "信息处理费用 政府信息公开信息处理费用 依申请公开信息处理费"
    ),
    Word.PURCHASE: "政府集中采购 集中采购 政府采购 政府集中采购项目 集中采购项目",
    Word.MONEY: "金额 总金额 收费金额 收费总金额 采购总金额 总额 收费 收费总额 采购金额 费用",
}
