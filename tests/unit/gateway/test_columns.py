"""What a list tells of its columns."""

from markupsafe import Markup

from gateway.web.columns import headed

ROW = '<tr><th scope="row">HMC1</th>\n<td>–</td><td class="whole">3 <b>&lt; 5</b></td></tr>'


def test_each_cell_but_the_first_names_its_column():
    found = headed(Markup(ROW), ["Nummer", "Kund", "Kvar"])

    assert '<th scope="row">HMC1' in found
    assert '<td data-head="Kund">–' in found
    assert '<td data-head="Kvar" class="whole">3 <b>&lt; 5</b>' in found


def test_the_columns_are_counted_from_each_row():
    found = headed(Markup(ROW + ROW), ["Nummer", "Kund", "Kvar"])

    assert found.count('data-head="Kund"') == 2


def test_a_column_that_sorts_is_named_as_the_others():
    found = headed(Markup(ROW), [("Nummer", "number"), ("Kund", "customer"), "Kvar"])

    assert '<td data-head="Kund">–' in found


def test_a_name_of_a_column_cannot_end_its_attribute():
    found = headed(Markup(ROW), ["Nummer", '"><script>', "Kvar"])

    assert "<script>" not in found
