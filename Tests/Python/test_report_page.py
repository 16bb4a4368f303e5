"""The page of `report` in a real browser: Debian's Chromium, which test.sh installs."""

import html
import json
import pathlib
import re
import shutil
import subprocess

import pytest

from conftest import CONFIGURATION, PROGRAM

# Looks at the page in a frame of some width, and writes down what is wrong.
MEASURE = pathlib.Path(__file__).with_name("measure_page.js").read_text()


def chromium(*arguments, folder):
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "no Chromium: run ./test.sh, which installs it"
    return subprocess.run(
        [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--allow-file-access-from-files", f"--user-data-dir={folder}/profile", *arguments],
        capture_output=True, text=True, timeout=120, check=True)


@pytest.fixture(scope="module")
def page(study, tmp_path_factory):
    """The report of an ensemble that predicts distributions, tested under conditions: all sections that there are."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copy(study / "dataset.h5", folder)
    (folder / "study.yaml").write_text(
        CONFIGURATION.replace("  epochs: 20", "  epochs: 20\n  predict: gaussian\n  members: 3")
        + 'robustness:\n  conditions: {as it is: [], "1 µV": [measurement.noise_uV=1], "5 µV": [measurement.noise_uV=5]}\n')
    for arguments in ["train --dataset dataset.h5 --config study.yaml --output model.h5 --quiet",
                      "report . --output report.html"]:
        subprocess.run([PROGRAM, *arguments.split()], cwd=folder, check=True, capture_output=True)
    return folder / "report.html"


def measured(page, width):
    wrapper = page.with_name(f"frame-{width}.html")
    wrapper.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><body style="margin:0"><iframe id="page" src="{page.name}" '
        f'style="border:0;width:{width}px;height:3000px"></iframe><script>{MEASURE}</script></body>')
    shown = chromium(
        "--window-size=1500,3000", "--virtual-time-budget=10000", "--dump-dom", wrapper.as_uri(), folder=page.parent)
    result = re.search("<pre>MEASURED(.*)END</pre>", shown.stdout)
    assert result, shown.stdout[-2000:] + shown.stderr[-2000:]
    return json.loads(html.unescape(result[1]))


@pytest.mark.parametrize("width", [400, 1280])
def test_nothing_is_cut_overlaps_or_is_too_small(page, width):
    found = measured(page, width)
    assert found["figures"] >= 7 and found["texts"] > 100 and found["tables"] >= 3
    assert not found["problems"], "\n".join(found["problems"])


def test_the_measurement_finds_what_is_wrong(page):
    text = page.read_text()
    for name, old, new, problem in [
        ("wide", "<h1>", '<p style="width:600px">wide</p><h1>', "beyond the page"),
        ("small", "figure svg { display: block;", "figure svg { width: 60px;", "too small"),
        ("over", "<h1>", '<p style="margin-bottom:-30px">over</p><h1>', "overlap"),
    ]:
        assert old in text
        broken = page.with_name(f"{name}.html")
        broken.write_text(text.replace(old, new, 1))
        assert any(problem in line for line in measured(broken, 400)["problems"]), name


def test_no_request_leaves_and_the_page_prints(page):
    log, pdf = page.with_name("net.json"), page.with_name("report.pdf")
    chromium(
        "--disable-background-networking", "--disable-component-update", "--disable-sync", f"--log-net-log={log}",
        f"--print-to-pdf={pdf}", page.as_uri(), folder=page.parent)
    # What else is requested is the browser's own, on the network that the test switches off as far as it can.
    text = page.read_text()
    assert not [word for word in ("src=", "href=", "url(", "@import", "<script", "<link") if word in text]
    assert pdf.read_bytes().startswith(b"%PDF") and pdf.stat().st_size > 20_000
    own = [e for e in json.loads(log.read_text())["events"] if page.name in json.dumps(e)]
    assert not [e for e in own if "http" in str(e.get("params", {}).get("url", ""))]
