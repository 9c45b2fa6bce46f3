"""Work orders with their history, details and access log."""

from alembic import op

from chassis import migrations

revision = "0001"
down_revision = None

# Source: M-1, M-2, U-5, X-4
WORK_ORDERS = """
CREATE TABLE work_orders (
    id uuid PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY (START WITH 60000000) UNIQUE,
    kind varchar(20) NOT NULL,
    individual_number varchar(13) NOT NULL,
    unit varchar(31) NOT NULL,
    prescriber varchar(31) NOT NULL,
    agreement varchar(40) NOT NULL,
    basic_need varchar(20) NOT NULL,
    start_limit varchar(20) NOT NULL,
    finish_limit varchar(20) NOT NULL,
    version integer NOT NULL,
    state varchar(20) NOT NULL,
    technician varchar(31),
    finished_at timestamptz,
    start_due_at timestamptz,
    start_soon_at timestamptz,
    finish_due_at timestamptz,
    finish_soon_at timestamptz,
    start_warned_at timestamptz,
    finish_warned_at timestamptz,
    CONSTRAINT work_orders_kind
        CHECK (kind IN ('corrective', 'acute_corrective', 'preventive', 'adaptation')),
    CONSTRAINT work_orders_acute CHECK (kind <> 'acute_corrective' OR basic_need <> 'none'),
    CONSTRAINT work_orders_state
        CHECK (state IN ('registered', 'started', 'paused', 'finished', 'cancelled')),
    CONSTRAINT work_orders_finished CHECK ((state = 'finished') = (finished_at IS NOT NULL)),
    CONSTRAINT work_orders_individual_number CHECK (individual_number ~ '^[A-Z]{0,3}[0-9]{5,10}$')
);
CREATE INDEX work_orders_by_due ON work_orders (LEAST(start_due_at, finish_due_at), number DESC);
CREATE INDEX work_orders_of_unit
    ON work_orders (unit, LEAST(start_due_at, finish_due_at), number DESC);
CREATE INDEX work_orders_of_device ON work_orders (individual_number);
CREATE INDEX work_orders_finished_at ON work_orders (finished_at) WHERE state = 'finished';
CREATE INDEX work_orders_start_soon ON work_orders (start_soon_at)
    WHERE technician IS NOT NULL AND start_warned_at IS NULL;
CREATE INDEX work_orders_finish_soon ON work_orders (finish_soon_at)
    WHERE technician IS NOT NULL AND finish_warned_at IS NULL;
"""

HAPPENINGS = """
CREATE TABLE happenings (
    work_order_id uuid NOT NULL REFERENCES work_orders,
    position smallint NOT NULL,
    what varchar(20) NOT NULL,
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by varchar(31) NOT NULL,
    cause varchar(40),
    technician varchar(31),
    PRIMARY KEY (work_order_id, position),
    CONSTRAINT happenings_not_foretold CHECK (at <= recorded_at)
);
"""

# Source: U-4, U-5
DETAILS = """
CREATE TABLE details (
    work_order_id uuid PRIMARY KEY REFERENCES work_orders,
    description text NOT NULL,
    place_on_device text NOT NULL,
    contacts jsonb NOT NULL,
    address text NOT NULL,
    door_code text NOT NULL,
    patient_can_come_in boolean NOT NULL,
    stand_in_needed boolean NOT NULL
);
"""

# Source: HSLF-FS 2016:40 4 kap. 9 §
ACCESS_LOG = """
CREATE TABLE access_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    action varchar(40) NOT NULL,
    work_order_id uuid NOT NULL REFERENCES work_orders,
    person varchar(64) NOT NULL,
    role varchar(40) NOT NULL,
    unit varchar(31) NOT NULL,
    request_id varchar(100) NOT NULL
);
CREATE INDEX access_log_work_order_id ON access_log (work_order_id, id);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE ON access_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER access_log_not_emptied BEFORE TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER happenings_append_only BEFORE UPDATE OR DELETE ON happenings
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    migrations.create_chassis_tables(op)
    for statements in (WORK_ORDERS, HAPPENINGS, DETAILS, ACCESS_LOG):
        op.execute(statements)
