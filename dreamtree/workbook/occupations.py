"""Jobs: those that use the skills of a block, at the end of its page, and all of them by kind of work. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dreamtree.connections.sources import OCCUPATIONS, REFERENCE_SOURCES
from dreamtree.content import book, library
from dreamtree.content.book import Block, Connection
from dreamtree.content.job_fits import JobFit, JobSearch, fitting_jobs
from dreamtree.content.jobs import LEAST_SHARED, JobMatch
from dreamtree.content.reference import Occupation
from dreamtree.text import isolated
from dreamtree.tools import tool
from dreamtree.tools.wording import capitalized, in_words, listed
from dreamtree.workbook.context import PageContext, inputs_of, shown_answer
from dreamtree.workbook.shapes import JobLine, JobsView, Link

OPEN_JOBS = 3
MOST_FITTING = 12


@dataclass(frozen=True)
class OccupationView:
    """A job as the list of all shows it; `interests` and `skills` in words, `neighbors` as links."""

    anchor: str
    title: str
    day: str
    interests: str
    skills: str
    way_in: str
    needs_degree: bool
    neighbors: tuple[Link, ...]


@dataclass(frozen=True)
class OccupationsPage:
    """The jobs of one kind of work, and the way to the other kinds: title, address, and whether it is this one."""

    family: str
    jobs: tuple[OccupationView, ...]
    families: tuple[tuple[str, str, bool], ...]
    count: int


def jobs_of(context: PageContext, blocks: Iterable[Block]) -> Iterator[JobsView]:
    """What the blocks that are connected with the jobs find among them, by the skills they show now."""
    for block in blocks:
        for connection in block.connections:
            if connection.source == OCCUPATIONS:
                yield _jobs_view(context, block, connection)


def _jobs_view(context: PageContext, block: Block, connection: Connection) -> JobsView:
    answer, kind = shown_answer(context, block), tool(block.type)
    search = kind.job_search(block, answer, inputs_of(context, block))
    if search is None:
        return _jobs_using(context, block, connection)
    found = fitting_jobs(book().jobs, library(), search)[: connection.take or MOST_FITTING]
    lines = tuple(replace(_fit_line(fit), add=f"{block.key}|job|{fit.job.slug}") for fit in found)
    return _jobs_shown(block, connection, lines, _words_of_fits(lines, search))


def _jobs_using(context: PageContext, block: Block, connection: Connection) -> JobsView:
    named = [item.key for item in tool(block.type).items(shown_answer(context, block))]
    skills = [key for key in named if library().skill(key)]
    found = book().jobs.sharing(skills)[: connection.take]
    lines = tuple(_job_line(match) for match in found)
    return _jobs_shown(block, connection, lines, _words(len(lines), len(skills)))


def _jobs_shown(block: Block, connection: Connection, lines: tuple[JobLine, ...], words: str) -> JobsView:
    return JobsView(
        anchor=f"{block.anchor}-jobs",
        sentence=connection.sentence,
        words=words,
        jobs=lines[:OPEN_JOBS],
        more=lines[OPEN_JOBS:],
        url=REFERENCE_SOURCES[OCCUPATIONS],
        count=len(book().occupations),
    )


def _words(found: int, skills: int) -> str:
    if found >= LEAST_SHARED:
        return "Each of these uses two or more of the skills above. They’re ideas to look into, not advice."
    if skills < LEAST_SHARED:
        return (
            "Jobs show up here once at least two of the skills above come from our list of skills. "
            "We can’t match the ones in your own words."
        )
    if found == 1:
        return "Only one job on our list uses two of the skills above. It’s an idea to look into, not advice."
    return (
        "No job on our list uses two of the skills above. The list is short, and there are many more jobs than these."
    )


def _job_line(match: JobMatch) -> JobLine:
    names = [_in_sentence(skill) for skill in match.shared]
    reason = f"It uses {in_words(len(names))} of your skills: {listed(names)}."
    return JobLine(match.job.title, url_of(match.job), match.job.day, reason)


def _words_of_fits(lines: Sequence[JobLine], search: JobSearch) -> str:
    if search.is_nothing:
        return (
            "Jobs show up here once you’ve sorted the activities above, marked words in an idea tree, or named skills."
        )
    if not lines:
        return "No job on our list has anything in common with these. The list is short, and there are many more jobs."
    return "Each of these has something in common with you. They’re ideas to look into, not advice."


def _fit_line(fit: JobFit) -> JobLine:
    skills, leaves = [_in_sentence(skill) for skill in fit.skills], [f"“{isolated(leaf)}”" for leaf in fit.leaves]
    sentences = (
        f"It uses {in_words(len(skills))} of your skills: {listed(skills)}." if skills else "",
        f"It fits your interest in {listed(_interests_in_words(fit.interests))}." if fit.interests else "",
        f"It goes with {listed(leaves)} from your leaves." if leaves else "",
    )
    return JobLine(fit.job.title, url_of(fit.job), fit.job.day, " ".join(filter(None, sentences)))


def _in_sentence(skill_id: str) -> str:
    """A skill's name inside a sentence: its first letter small, unless it begins with an abbreviation."""
    skill = library().skill(skill_id)
    name = skill.name if skill else ""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def url_of(job: Occupation) -> str:
    """Where the list of all jobs tells of this one."""
    return f"{_family_url(job.family)}#{_anchor(job)}"


def occupations_page(kind: str) -> OccupationsPage | None:
    """The jobs of one kind of work, by its name in an address ("" for the first); None for an unknown one."""
    families = list(dict.fromkeys(job.family for job in book().occupations))
    family = next((one for one in families if kind in ("", _kind(one))), None)
    if family is None:
        return None
    titles = {job.id: job for job in book().occupations}
    return OccupationsPage(
        family=family,
        jobs=tuple(_occupation(job, titles.values()) for job in titles.values() if job.family == family),
        families=tuple((one, _family_url(one), one == family) for one in families),
        count=len(titles),
    )


def _occupation(job: Occupation, jobs: Iterable[Occupation]) -> OccupationView:
    near = {one.id: one for one in jobs if one.id in job.neighbors}
    return OccupationView(
        anchor=_anchor(job),
        title=job.title,
        day=job.day,
        interests=listed(_interests_in_words(job.interests)),
        skills=_skills_in_words(job.skills),
        way_in=job.way_in,
        needs_degree=job.needs_degree,
        neighbors=tuple(Link(near[one].title, url_of(near[one])) for one in job.neighbors if one in near),
    )


def _interests_in_words(letters: Iterable[str]) -> list[str]:
    found = (book().interest(letter) for letter in letters)
    return [one.in_sentence for one in found if one]


def _skills_in_words(skills: Sequence[str]) -> str:
    return capitalized(listed([name for name in map(_in_sentence, skills) if name]))


def _kind(family: str) -> str:
    return "-".join(family.casefold().replace(",", "").split())


def _family_url(family: str) -> str:
    return f"{REFERENCE_SOURCES[OCCUPATIONS]}?kind={_kind(family)}"


def _anchor(job: Occupation) -> str:
    return f"job-{job.slug}"
