"""Where acute cases are turned to is a setting of the region's."""

import pytest

from services.ordering.service import customer_service
from services.ordering.work_orders.model import CustomerService


@pytest.mark.rule("B-4")
@pytest.mark.rule("A-7")
def test_telephone_and_hours_are_settings_with_a_default(monkeypatch):
    assert customer_service() == CustomerService("031-390 06 00", "08:00–12:00 och 13:00–16:30")

    monkeypatch.setenv("CUSTOMER_SERVICE_TELEPHONE", "08-465 004 00")
    monkeypatch.setenv("CUSTOMER_SERVICE_HOURS", "07:00–18:00")

    assert customer_service() == CustomerService("08-465 004 00", "07:00–18:00")
