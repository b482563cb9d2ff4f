"""Figures of speech: sayings that mean something else than their words."""

from dreamtree.content.word_forms import words

SAID = """
    drowning in paperwork, drowning in work, cook the books, under the bus, drove me crazy, drove me nuts, drives me
    crazy, drives me nuts, drove me up the wall, herding cats, burned bridges, burn bridges, babysitting grown men,
    babysitting grown, babysit grown, babysitting adults, broke the bank, wash my hands of, jump ship, jumped ship,
    mend fences, mended fences, weather the storm, weathered the storm, ran a tight ship, run a tight ship, rock the
    boat, missed the boat, train of thought, paint a picture, painted a picture, play by ear, raised hell, raise
    hell, walking on eggshells, walked on eggshells, clean slate, fish out of water, job hunting, house hunting,
    apartment hunting, bargain hunting, window shopping, milked it, putting out fires, put out fires, called the
    shots, call the shots, calls the shots, called all the shots, calling the shots, drew a blank, drew the line,
    drew the short, planted the seed, in the weeds, on the fence, hit the road, sold me on, sold short, sold out,
    balancing act, juggling act, dropped the ball, carried the team, dug a hole, buttered up, in hot water,
    stretched thin, hammered out, nailed it, sewed up, cleaned up after his, ran the show, run the show, fighting
    for my life, fought for air, the short straw, broke the ice, shoot the breeze, keep the lights on, kept the
    lights on, wear many hats, wore many hats, wore a lot of hats, catch up, caught up, pick up the pieces, picked
    up the pieces, rode it out, ship has sailed, smooth sailing, baptism by fire, trial by fire, under fire, on
    fire, fishing for compliments, hunting for a job, hunting for an apartment, swimming in debt, dug myself into,
    walked through fire"""


def _by_first_word(text: str) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for figure in text.split(","):
        figure_words = tuple(words(figure))
        found.setdefault(figure_words[0], []).append(figure_words)
    return found


FIGURES = _by_first_word(SAID)
"""Each figure's words, by the first of them."""
