"""JUnit XML: a test suite for each file, a failed test for each finding at its first row."""

from __future__ import annotations

from collections import defaultdict
from typing import BinaryIO
from xml.etree import ElementTree as Xml

from chrono.model import Finding, Problem
from chrono.report.text import clean
from chrono.report.writer import Report, Writer

NO_FILE = "returns asked for"
"""The suite of findings that cite no row: an agency that sent nothing."""


def write(report: Report, to: BinaryIO) -> None:
    """A suite for each file, with one passed test where nothing was found."""
    review = report.review
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in review.findings:
        findings[finding.cites[0].file if finding.cites else NO_FILE].append(finding)
    problems: dict[str, list[Problem]] = defaultdict(list)
    for problem in review.timeline.problems:
        problems[problem.file].append(problem)
    suites = Xml.Element("testsuites", name="chrono")
    files = {each.file for each in review.timeline.returns} | findings.keys() | problems.keys()
    for file in sorted(files):
        suites.append(_suite(file, findings[file], problems[file]))
    Xml.indent(suites)
    to.write(b'<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(suites, encoding="utf-8"))


def _suite(file: str, findings: list[Finding], problems: list[Problem]) -> Xml.Element:
    count = max(len(findings) + len(problems), 1)
    suite = Xml.Element(
        "testsuite",
        name=clean(file),
        tests=str(count),
        failures=str(len(findings)),
        errors=str(len(problems)),
        time="0",
    )
    for problem in problems:
        case = Xml.SubElement(suite, "testcase", name="can be read", classname=clean(file), time="0")
        Xml.SubElement(case, "error", type="unreadable", message=clean(problem.what)).text = clean(problem.remedy)
    for finding in findings:
        name = f"{finding.rule} {finding.id}"
        case = Xml.SubElement(suite, "testcase", name=name, classname=clean(file), time="0")
        failure = Xml.SubElement(case, "failure", type=finding.severity or "low", message=clean(finding.title))
        failure.text = "\n".join(clean(str(source)) for source in finding.cites)
    if not findings and not problems:
        Xml.SubElement(suite, "testcase", name="nothing found", classname=clean(file), time="0")
    return suite


writer = Writer("junit", "check.junit.xml", write, help="JUnit XML for build servers")
