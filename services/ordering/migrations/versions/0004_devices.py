"""Devices by individual number, and their adaptations."""

from alembic import op

revision = "0004"
down_revision = "0003"

# Source: S-1, U-5, U-10
DEVICES = """
CREATE TABLE devices (
    individual_number varchar(13) PRIMARY KEY,
    article_number varchar(20) NOT NULL REFERENCES articles,
    state varchar(10) NOT NULL,
    customer_number varchar(10),
    unit varchar(31),
    patient_id uuid REFERENCES patients,
    changed_at timestamptz NOT NULL,
    FOREIGN KEY (customer_number, unit) REFERENCES customer_numbers (number, unit),
    CONSTRAINT devices_individual_number CHECK (individual_number ~ '^[A-Z]{0,3}[0-9]{5,10}$'),
    CONSTRAINT devices_state CHECK (state IN ('in_stock', 'delivered')),
    CONSTRAINT devices_delivered CHECK (
        (state = 'delivered') = (customer_number IS NOT NULL)
        AND (state = 'delivered') = (unit IS NOT NULL)
        AND (state = 'delivered' OR patient_id IS NULL)
    )
);
CREATE INDEX devices_of_unit ON devices (unit, individual_number) WHERE unit IS NOT NULL;
CREATE INDEX devices_patient_id ON devices (patient_id) WHERE patient_id IS NOT NULL;
CREATE TABLE adaptations (
    adaptation_id uuid PRIMARY KEY,
    number bigint NOT NULL DEFAULT nextval('work_order_numbers'),
    individual_number varchar(13) NOT NULL REFERENCES devices,
    customer_number varchar(10) NOT NULL,
    unit varchar(31) NOT NULL,
    patient_id uuid REFERENCES patients,
    instruction varchar(4000) NOT NULL,
    risks jsonb NOT NULL,
    cost_proposal_wanted boolean NOT NULL,
    prescriber varchar(64) NOT NULL,
    ordered_at timestamptz NOT NULL,
    state varchar(10) NOT NULL,
    setback varchar(10),
    setback_at timestamptz,
    ended_at timestamptz,
    diary_number varchar(40),
    FOREIGN KEY (customer_number, unit) REFERENCES customer_numbers (number, unit),
    CONSTRAINT adaptations_number UNIQUE (number),
    CONSTRAINT adaptations_state CHECK (state IN ('ordered', 'signed', 'on_paper', 'cancelled')),
    CONSTRAINT adaptations_ended CHECK ((state = 'ordered') = (ended_at IS NULL)),
    CONSTRAINT adaptations_registered CHECK (
        (state IN ('signed', 'on_paper')) = (diary_number IS NOT NULL)
    ),
    CONSTRAINT adaptations_setback CHECK ((setback IS NULL) = (setback_at IS NULL))
);
CREATE UNIQUE INDEX adaptations_one_at_a_time ON adaptations (individual_number)
    WHERE state = 'ordered';
CREATE INDEX adaptations_of_unit ON adaptations (unit, number);
CREATE INDEX adaptations_of_device ON adaptations (individual_number);
CREATE INDEX adaptations_patient_id ON adaptations (patient_id) WHERE patient_id IS NOT NULL;
"""


def upgrade() -> None:
    op.execute(DEVICES)
