"""The page about the paper, from the results of reproduce.sh.

usage: page.py RESULTS PAGE

Figures are copied into the folder `figures/paper` beside the page. Sections whose results are not there stay as they are on it.
"""

import pathlib
import shutil
import sys

import activity
import estimation
import mismatch

# How titles begin, what makes the section, and which results it needs.
SECTIONS = [
    ("Fig. 4:", activity.durations, ["duration/results.json"]),
    ("Fig. 5:", activity.networks, ["fig5/replay.json", *(f"fig5/{name}-long.h5" for name in "abcde")]),
    ("Fig. 6:", activity.maps, ["survey/survey.h5"]),
    ("Fig. 7 ", estimation.accuracy, ["full-and-ai/errors.csv", "evaluations/full/estimates.csv", "evaluations/full-on-ai/estimates.csv"]),
    ("Fig. 8:", estimation.regions, ["evaluations/full/estimates.csv", "evaluations/ai/estimates.csv"]),
    ("Fig. 9 ", estimation.single, ["combined-and-single/errors.csv", "presets/errors.csv"]),
    ("Fig. 10 ", estimation.designs, ["sampling-designs/errors.csv"]),
    ("Fig. 11:", mismatch.spread, ["robustness/errors.csv"]),
    ("Fig. 12:", mismatch.shift, ["robustness/errors.csv"]),
]

HEAD = """# Skaar et al. 2020, figure by figure
What the paper ([PLoS Comput Biol 16(3): e1007725](https://doi.org/10.1371/journal.pcbi.1007725)) says about its figures and tables, and
what this program finds, written by `./reproduce.sh`{scale}. All signals are without noise, of the built-in cells and
of the paper's network. Of {count} statements {agrees} agree, {differs} differ, and {part} are beside or in part.
"""


def stored(page, head):
    """The sections of a page that begins alike, by title: figures can be made one at a time, on different machines."""
    if not page.exists():
        return {}
    first, *sections = page.read_text().split("\n## ")
    begins = head.split("{count}")[0]
    return {text.split("\n")[0]: "## " + text for text in sections} if first.startswith(begins) else {}


def section_text(section, folder, figures):
    """A section with its figure, which is copied."""
    text = section.markdown()
    if section.figure:
        path, caption = section.figure.split("|")
        name = path.replace("/", "-")
        shutil.copy(folder / path, figures / name)
        text += f"\n![{caption}](figures/paper/{name})\n\n{caption}\n"
    return text


def main():
    folder, page = map(pathlib.Path, sys.argv[1:])
    scale = (folder / "scale").read_text().strip()
    head = HEAD.replace("{scale}", "" if scale == "1" else f" --scale {scale}, too small for its figures to mean anything")
    earlier = stored(page, head)
    figures = page.parent / "figures" / "paper"
    figures.mkdir(parents=True, exist_ok=True)
    sections, missing = [], []
    for title, make, needs in SECTIONS:
        lacking = [name for name in needs if not (folder / name).exists()]
        kept = [text for name, text in earlier.items() if name.startswith(title)]
        if not lacking:
            sections.append(section_text(make(folder), folder, figures))
        elif kept:
            sections.append(kept[0].rstrip("\n") + "\n")
            print(f"{page}: {title.strip(' :')} stays as it was, {folder / lacking[0]} is missing")
        else:
            missing.append(f"{make.__doc__.rstrip('.')}: {lacking[0]}")
    count = {verdict: sum(text.count(f"| {verdict} |\n") for text in sections) for verdict in ("agrees", "differs", "in part")}
    text = head.format(count=sum(count.values()), agrees=count["agrees"], differs=count["differs"], part=count["in part"])
    text += "".join("\n" + section for section in sections)
    if missing:
        text += "\n## Not there yet\n" + "".join(f"- {line}\n" for line in missing)
    page.write_text(text)
    print(f"{page}: {sum(count.values())} statements, {len(missing)} figures missing")


if __name__ == "__main__":
    main()
