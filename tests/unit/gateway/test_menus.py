"""The menu marks where one is."""

import pytest

from gateway.web.menus import MENUS, current


@pytest.mark.parametrize(
    ("role", "path", "address"),
    [
        ("prescriber", "/orders/new", "/orders"),
        ("prescriber", "/work-orders/20000417/booking", "/consultations"),
        ("prescriber", "/enrolments", "/courses"),
        ("prescriber", "/occasions/1", "/courses"),
        ("prescriber", "/bookings/1/questionnaire", "/questionnaires"),
        ("training_admin", "/occasions/1", "/occasions"),
        ("training_admin", "/orders", ""),
        ("prescriber", "/", ""),
    ],
)
def test_each_page_belongs_to_an_entry_of_the_menu(role, path, address):
    assert current(MENUS[role], path) == address
