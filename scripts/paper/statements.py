"""What the paper says, what was found, and whether the two agree."""

from dataclasses import dataclass


@dataclass
class Statement:
    """One statement of the paper with our number; `agrees` is None where it cannot be said yes or no."""

    says: str
    found: str
    agrees: bool | None
    why: str = ""  # where it does not agree

    def __post_init__(self):
        if self.agrees is not None:
            self.agrees = bool(self.agrees)

    @property
    def verdict(self):
        return {True: "agrees", False: "differs", None: "in part"}[self.agrees]


@dataclass
class Section:
    """A figure or table of the paper."""

    title: str
    statements: list
    text: str = ""  # before the table
    figure: str = ""  # path of a figure, with its caption behind a bar

    def markdown(self):
        lines = [f"## {self.title}"]
        if self.text:
            lines += [self.text.strip(), ""]
        if self.statements:
            lines += ["| the paper says | found here | |", "| --- | --- | --- |"]
            lines += [f"| {cell(s.says)} | {cell(s.found)} | {s.verdict} |" for s in self.statements] + [""]
        reasons = [f"- *{s.says}*: {s.why}" for s in self.statements if s.why and not s.agrees]
        if reasons:
            lines += ["Why not, where it does not:", *reasons, ""]
        return "\n".join(lines)


def cell(text):
    """Text in which nothing ends a column."""
    return text.replace("|", "\\|")


def percent(value, digits=1):
    return f"{100 * value:.{digits}f} %"
