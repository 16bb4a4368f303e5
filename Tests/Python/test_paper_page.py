"""What scripts/paper makes of spectra and statements."""

import subprocess
import sys

import numpy as np
import pytest
import scipy.signal
from conftest import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "scripts" / "paper"))

from spectra import peaks, power_density  # noqa: E402
from statements import Section, Statement  # noqa: E402


def test_spectra_are_those_of_scipy():
    signal = np.random.default_rng(1).normal(size=3000)
    _, expected = scipy.signal.welch(signal, fs=1000, nperseg=300, noverlap=150, detrend="constant")
    assert power_density(signal) == pytest.approx(expected, rel=1e-12)


def test_peaks_are_told_from_slopes_and_shoulders():
    frequency = np.linspace(0, 500, 151)
    slope = 1 / (10 + frequency) ** 2
    bump = lambda centre, height: height * np.exp(-(((frequency - centre) / 15) ** 2) / 2)
    assert peaks(frequency, slope, 20) == []
    assert peaks(frequency, slope * (1 + bump(70, 20) + bump(200, 20)), 20) == pytest.approx([70, 200], abs=8)
    assert peaks(frequency, slope * (1 + bump(200, 1.5)), 20, 6) == []


def test_statements_become_a_table_with_reasons_where_they_do_not_hold():
    text = Section("Fig. 0", [
        Statement("holds", "|x| = 1", np.bool_(True), "left out"),
        Statement("does not", "2", False, "because"),
        Statement("partly", "3", None, "in some way"),
    ]).markdown()
    assert "| holds | \\|x\\| = 1 | agrees |" in text and "left out" not in text
    assert "| does not | 2 | differs |" in text and "- *does not*: because" in text
    assert "| partly | 3 | in part |" in text and "- *partly*: in some way" in text


def test_sections_without_results_stay_on_a_page_of_the_same_scale(tmp_path):
    text = (REPOSITORY / "docs" / "paper.md").read_text()
    page, results = tmp_path / "page" / "paper.md", tmp_path / "results"
    page.parent.mkdir(), results.mkdir()
    script = [sys.executable, REPOSITORY / "scripts" / "paper" / "page.py", results, page]
    for scale, stays in (("1", True), ("0.1", False)):
        page.write_text(text)
        (results / "scale").write_text(scale)
        subprocess.run(script, check=True, stdout=subprocess.DEVNULL)
        assert (page.read_text() == text) == stays
    assert "## Fig." not in page.read_text() and "Figure 8: evaluations" in page.read_text()
