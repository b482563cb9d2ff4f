"""A question is asked once while its answers are kept, and each time while they are not."""

from dreamtree.once import WORKED_OUT, Cache, worked_once


class Count:
    """Answers how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, *_: object) -> int:
        self.times += 1
        return self.times


def test_a_closed_cache_asks_each_time() -> None:
    cache, count = Cache("trial"), Count()
    assert [cache.once("how often", count) for _ in range(2)] == [1, 2]


def test_an_open_cache_asks_each_question_once_and_forgets_when_it_closes() -> None:
    cache, count = Cache("trial"), Count()
    with cache.open():
        assert [cache.once(question, count) for question in ("one", "one", "two")] == [1, 1, 2]
    assert cache.once("one", count) == 3


def test_opened_again_it_stays_as_it_is_until_the_first_closes() -> None:
    cache, count = Cache("trial"), Count()
    with cache.open():
        with cache.open():
            cache.once("one", count)
        assert cache.once("one", count) == 1


def test_what_is_known_already_is_not_asked() -> None:
    cache, count = Cache("trial"), Count()
    cache.keep("one", 17)
    with cache.open():
        cache.keep("one", 18)
        assert cache.once("one", count) == 18
    assert count.times == 0


def test_a_function_is_called_once_for_the_same_thing_and_for_the_same_words() -> None:
    count = Count()
    worked, rows = worked_once(count.__call__), ["a"]
    with WORKED_OUT.open():
        assert [worked(rows), worked(rows), worked(["a"])] == [1, 1, 2]
        assert [worked("".join(("wo", end))) for end in ("rd", "rd", "rds")] == [3, 3, 4]
    assert worked(rows) == 5


def test_no_other_thing_goes_by_the_place_of_one_that_is_gone() -> None:
    worked = worked_once(lambda rows: [*rows])
    with WORKED_OUT.open():
        assert [worked([n]) for n in range(50)] == [[n] for n in range(50)]
