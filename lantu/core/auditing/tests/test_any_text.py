"""No text breaks the reader or the auditor; what a fuzzer found once is kept."""

import pytest

from lantu.core.auditing.audit import audit_text
from lantu.core.reading.propose import proposals

VAST = "9" * 40  # longer than any number of a plan

BROKE_ONCE = [
    f"总投资{VAST}亿元，其中工业投资30亿元，占50%。",
    f"到2030年，产值达到{VAST}亿元。",
    f"指标\t2025年\t2030年\t年均增长\t属性\n产值（亿元）\t{VAST}\t{VAST}\t5\t预期性\n",
    f"| 指标 | 2025年 | 2030年 |\n|---|---|---|\n| 产值（亿元） | {VAST} | 1{VAST} |\n",
    f"{VAST}公顷（合{VAST}亩），0.{VAST}公顷（合0.{VAST}亩）",
    f"达到5亿元,较2020年增加{VAST}亿元,年均增长{VAST}%。",
    f"结构为{VAST}:{VAST}:{VAST}，企业由{VAST}家增加到60家，增长{VAST}%。",
    f"建设{VAST}个中心，每个{VAST}人，共{VAST}人。",
    f"专栏1 重点项目\n甲项目。总投资{VAST}亿元。\n",
]


@pytest.mark.parametrize("text", BROKE_ONCE, ids=lambda text: text[:16])
def test_a_text_that_broke_something_once_is_read(text):
    audit_text(text)

    for one in proposals(text):
        assert text[one.start : one.end] == one.quote
