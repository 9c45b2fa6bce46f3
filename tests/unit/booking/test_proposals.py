"""Help to choose the service product: proposed, warned of, never forced."""

from uuid import UUID

import pytest

from services.booking.proposals import Proposals
from tests.unit.booking.world import PROPOSALS


@pytest.mark.rule("B-15")
@pytest.mark.parametrize(
    ("iso_code", "proposed"),
    [("12 22 03", 11), ("12 22", 11), ("12 06 06", 10), ("12", 10), ("18 12", None), (None, None)],
)
def test_the_longest_beginning_of_the_code_counts(iso_code, proposed):
    assert PROPOSALS.of(iso_code) == proposed


@pytest.mark.rule("B-15")
@pytest.mark.parametrize(
    ("iso_code", "proposed", "suits"), [("12 22 03", 11, True), ("12 06", 10, False), (None,) * 3]
)
def test_the_proposal_and_the_choice_are_both_kept_and_another_choice_is_warned_of(
    world, iso_code, proposed, suits
):
    activity_id = world.register(iso_code=iso_code)

    held = world.send_hold(activity_id)
    booked = world.book(UUID(held["hold_id"]))

    assert held["suits_proposal"] is suits
    assert (booked["service_product_id"], booked["suits_proposal"]) == (11, suits)
    assert world.activity(activity_id)["proposed_service_product_id"] == proposed


@pytest.mark.parametrize("text", ["[]", '{"12": "a"}', "12 22"])
def test_what_proposes_nothing_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        Proposals.parse(text)
