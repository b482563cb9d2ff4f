from tests.rules.test_connections import *
from tests.rules.recipes import *
def test_x(person):
    page = write(person, "1.1.1.skills", {})
    print([b.get("value") for b in page.root.iter("button")][:30])
    import sys
    EXPERIENCES.say(person); keep(person,3); EXPERIENCES.delete(person)
    page, part = target(person, 3)
    print(told(part)); print([one.get("value", "") for one in part.iter("button")])
    print([one.get("id", "") for one in part.iter() if one.get("id")])
    assert 0
