"""The page as a browser shows it: lanes, filters, findings, keyboard, no network, no complaint, accessible."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium drives the browser: pip install '.[browser]'")

from selenium.webdriver.common.by import By  # noqa: E402 - only where selenium is installed
from selenium.webdriver.common.keys import Keys  # noqa: E402

import chrono  # noqa: E402
from chrono import report  # noqa: E402

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
AXE = Path(sys.prefix) / "node" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1500,1000",
)  # fmt: skip
EXAMPLE = Path(__file__).parents[2] / "examples" / "riverbank"

pytestmark = [
    pytest.mark.skipif(not (BROWSER and DRIVER), reason="needs Chromium and its driver, which .ci/run installs"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def review() -> chrono.Review:
    return chrono.review(EXAMPLE)


@pytest.fixture(scope="module")
def driver(review: chrono.Review, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("page")
    (page,) = report.write(review, folder, ["page"])
    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    browser.get(page.as_uri())
    yield browser
    browser.quit()


@pytest.fixture
def page(driver: Any) -> Any:
    driver.execute_script("document.getElementById('filters').reset(); document.getElementById('detail').close()")
    driver.execute_script("document.documentElement.style.scrollBehavior = 'auto'; window.scrollTo(0, 0)")
    # The page draws anew in the next frame; on a busy machine that may come after the test has begun.
    driver.execute_async_script("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))")
    return driver


def rows_shown(page: Any) -> int:
    script = "return document.querySelectorAll('tr[data-id]:not([hidden])').length"
    return int(page.execute_script(script))


def test_every_entry_is_a_row_and_every_dated_one_a_mark(page: Any, review: chrono.Review) -> None:
    assert rows_shown(page) == len(review.timeline.entries)
    assert len(page.find_elements(By.CSS_SELECTOR, "#lanes-view .mark")) == len(review.timeline.dated)


def test_a_lane_for_each_agency_with_entries(page: Any, review: chrono.Review) -> None:
    names = page.execute_script("return [...document.querySelectorAll('.lane-name')].map((name) => name.textContent)")
    assert len(names) == len(list(review.timeline.by_agency()))


def test_the_agency_filter_leaves_its_rows(page: Any, review: chrono.Review) -> None:
    agency, entries = next(review.timeline.by_agency())
    page.execute_script(
        "const s=document.getElementById('f-agency'); s.value=arguments[0]; s.dispatchEvent(new Event('input',{bubbles:true}))",
        agency,
    )
    assert rows_shown(page) == len(entries)


def test_typing_finds_words_in_rows(page: Any) -> None:
    page.find_element(By.ID, "f-text").send_keys("no row says this")
    assert rows_shown(page) == 0
    assert "0 of" in page.find_element(By.ID, "f-count").text


def test_a_finding_lights_its_rows(page: Any, review: chrono.Review) -> None:
    number, finding = next(pair for pair in enumerate(review.findings, start=1) if pair[1].cites)
    page.find_element(By.CSS_SELECTOR, f"[data-finding='{number}'] button").click()
    lit = page.execute_script("return document.querySelectorAll('tr.lit').length")
    page.find_element(By.CSS_SELECTOR, f"[data-finding='{number}'] button").click()
    assert lit == len({source for source in finding.cites if source in review.timeline.by_source})


def test_the_arrow_keys_step_through_the_entries_and_enter_opens_one(page: Any) -> None:
    view = page.find_element(By.ID, "lanes-view")
    view.send_keys(Keys.ARROW_RIGHT)
    assert len(page.find_elements(By.CSS_SELECTOR, "tr.current")) == 1
    view.send_keys(Keys.ENTER)
    assert page.find_element(By.ID, "detail").get_attribute("open") is not None


def test_zooming_in_draws_fewer_marks_over_more_room(page: Any) -> None:
    wide = page.execute_script("return document.querySelector('#lanes-view svg').getBoundingClientRect().width")
    for _ in range(3):
        page.find_element(By.ID, "zoom-in").click()
    wider = page.execute_script("return document.querySelector('#lanes-view svg').getBoundingClientRect().width")
    for _ in range(3):
        page.find_element(By.ID, "zoom-out").click()
    assert wider > wide


def test_the_page_asks_the_network_for_nothing(page: Any) -> None:
    asked = [line["message"] for line in page.get_log("performance") if "Network.requestWillBeSent" in line["message"]]
    assert [message for message in asked if '"url":"http' in message] == []


def test_the_browser_has_nothing_to_complain_of(page: Any) -> None:
    assert page.get_log("browser") == []


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core, which .ci/run installs")
def test_no_serious_accessibility_problem(page: Any) -> None:
    page.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    page.refresh()
    page.execute_script(AXE.read_text(encoding="utf-8"))
    found = page.execute_async_script("const done=arguments[0]; axe.run().then((result) => done(result.violations))")
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], each["nodes"][0]["html"]) for each in serious] == []
