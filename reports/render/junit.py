"""A comparison as JUnit XML, for the test tab of a CI service: one test for each cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from xml.etree import ElementTree as ET

from fixtures.model.text import escape
from suites.safe_text import defuse, defuse_lines

from ..diff.comparison import MATTERS, NOT_APPLICABLE, NOT_RUNNABLE, Comparison, Difference
from ..upgrade.exit_status import CHANGED, NOTHING, UpgradeResult
from .comparison_report import report_difference, title
from .section import format_lines

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(result: UpgradeResult) -> str:
    """Every comparison as a suite, and the result as a suite of one test."""
    root = ET.Element("testsuites", name="wslifecycle")
    for comparison in result.comparisons:
        _suite(root, title(comparison), (_case(d, comparison) for d in comparison.differences))
    _suite(root, "result", [_result(result)])
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: ET.Element, name: str, cases: Iterable[ET.Element]) -> None:
    suite = ET.SubElement(root, "testsuite", name=_clean(name))
    suite.extend(cases)
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("tests", str(len(suite)))


def _case(difference: Difference, comparison: Comparison) -> ET.Element:
    surface, scenario = difference.cell
    case = ET.Element("testcase", classname=f"{comparison.old.library}.{surface}", name=scenario)
    if difference.word in MATTERS:
        _add_element(case, "failure", difference, comparison)
    elif difference.word == NOT_RUNNABLE:
        _add_element(case, "error", difference, comparison)
    elif difference.word == NOT_APPLICABLE:
        ET.SubElement(case, "skipped", message=_clean(difference.reason))
    return case


def _add_element(
    case: ET.Element, tag: str, difference: Difference, comparison: Comparison
) -> None:
    texts = [change.text for change in difference.changes if change.matters]
    message = "; ".join(texts) or difference.reason
    found = ET.SubElement(case, tag, type=difference.word, message=_clean(message))
    lines = (
        replace(one, text=escape(one.text)) for one in report_difference(difference, comparison)
    )
    found.text = _drop(defuse_lines(format_lines(lines)))


def _result(result: UpgradeResult) -> ET.Element:
    """What no single cell is to blame for: an acceptance, a release, too few cells."""
    case = ET.Element("testcase", classname="result", name="exit status")
    told_apart = result.unused or result.status not in {NOTHING, CHANGED}
    if told_apart and result.status != NOTHING:
        message = "; ".join([f"{result.status}: {result.meaning}", *result.unused])
        ET.SubElement(case, "failure", type="status", message=_clean(message))
    return case


def _clean(text: str) -> str:
    """Text in one line, without what XML cannot hold or a CI system would act upon."""
    return _drop(defuse(escape(text)))


def _drop(text: str) -> str:
    return _NOT_XML.sub("?", text)
