import pytest

from innovation.core.errors import TooLate
from innovation.core.transitions import State, Table


class Light(State):
    RED = "red"
    RED_AND_AMBER = "red_and_amber"
    GREEN = "green"


TABLE = Table(
    "traffic light",
    Light,
    ("warn", Light.RED, Light.RED_AND_AMBER),
    ("stop", (Light.RED_AND_AMBER, Light.GREEN), Light.RED),
)


def test_a_verb_leads_from_each_of_its_states() -> None:
    assert TABLE.next("warn", "red") == Light.RED_AND_AMBER
    assert TABLE.next("stop", Light.GREEN) == TABLE.next("stop", "red_and_amber")
    assert TABLE.verbs_from("red_and_amber") == ["stop"]
    assert TABLE.sources("stop") == ["red_and_amber", "green"]


def test_a_state_is_labelled_as_its_value_reads() -> None:
    assert Light.choices[1] == ("red_and_amber", "red and amber")


def test_a_verb_that_leads_nowhere_says_where_things_stand() -> None:
    with pytest.raises(TooLate, match="because the traffic light has changed"):
        TABLE.next("warn", Light.RED_AND_AMBER)
    assert not TABLE.allows("nonsense", "red")


def test_a_table_of_anything_but_states_is_a_mistake() -> None:
    with pytest.raises(TypeError):
        Table("light", Light, ("warn", 5, Light.RED))
