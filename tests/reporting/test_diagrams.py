from django.core.management import call_command

from bids import states
from innovation.reporting import diagrams


def test_the_state_diagrams_in_the_docs_are_those_of_the_tables() -> None:
    call_command("draw_states", check=True)


def test_a_diagram_has_an_arrow_for_every_cell_of_the_table() -> None:
    diagram = diagrams.draw(states.EXPRESSION)
    assert diagram.count("-->") == 17 + 1 + 2
    assert "    draft --> submitted: submit" in diagram
    assert "    merged --> [*]" in diagram
