"""The page about the paper, from the results of reproduce.sh.

usage: page.py RESULTS PAGE

Figures are copied into the folder `figures/paper` beside the page.
"""

import pathlib
import shutil
import sys

import activity
import estimation
import mismatch

SECTIONS = [
    (activity.durations, ["duration/results.json"]),
    (activity.networks, ["fig5/replay.json", *(f"fig5/{name}-long.h5" for name in "abcde")]),
    (activity.maps, ["survey/survey.h5"]),
    (estimation.accuracy, ["full-and-ai/errors.csv", "evaluations/full/estimates.csv", "evaluations/full-on-ai/estimates.csv"]),
    (estimation.regions, ["evaluations/full/estimates.csv", "evaluations/ai/estimates.csv"]),
    (estimation.single, ["combined-and-single/errors.csv", "presets/errors.csv"]),
    (estimation.designs, ["sampling-designs/errors.csv"]),
    (mismatch.spread, ["robustness/errors.csv"]),
    (mismatch.shift, ["robustness/errors.csv"]),
]

HEAD = """# Skaar et al. 2020, figure by figure
What the paper ([PLoS Comput Biol 16(3): e1007725](https://doi.org/10.1371/journal.pcbi.1007725)) says about its figures and tables, and
what this program finds, written by `./reproduce.sh`{scale}. All signals are without noise, of the built-in cells and
of the paper's network. Of {count} statements {agrees} agree, {differs} differ, and {part} are beside or in part.
"""


def main():
    folder, page = map(pathlib.Path, sys.argv[1:])
    scale = (folder / "scale").read_text().strip()
    sections, missing = [], []
    for make, needs in SECTIONS:
        lacking = [name for name in needs if not (folder / name).exists()]
        if lacking:
            missing.append(f"{make.__doc__.rstrip('.')}: {lacking[0]}")
        else:
            sections.append(make(folder))
    statements = [s for section in sections for s in section.statements]
    count = {verdict: sum(s.verdict == verdict for s in statements) for verdict in ("agrees", "differs", "in part")}
    text = HEAD.format(scale="" if scale == "1" else f" --scale {scale}, too small for its figures to mean anything",
                       count=len(statements), agrees=count["agrees"], differs=count["differs"], part=count["in part"])
    figures = page.parent / "figures" / "paper"
    figures.mkdir(parents=True, exist_ok=True)
    for section in sections:
        text += "\n" + section.markdown()
        if section.figure:
            path, caption = section.figure.split("|")
            name = path.replace("/", "-")
            shutil.copy(folder / path, figures / name)
            text += f"\n![{caption}](figures/paper/{name})\n\n{caption}\n"
    if missing:
        text += "\n## Not there yet\n" + "".join(f"- {line}\n" for line in missing)
    page.write_text(text)
    print(f"{page}: {len(statements)} statements, {len(missing)} figures missing")


if __name__ == "__main__":
    main()
