"""Who may order, patients with their access log, articles, orders and work orders."""

from alembic import op

from chassis.migrations import create_chassis_tables

revision = "0001"
down_revision = None

EXTENSIONS = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
"""

# Source: O-1, O-2, O-4, O-5, G-1, X-18
CUSTOMERS = """
CREATE TABLE principals (
    hsa_id varchar(31) PRIMARY KEY,
    name varchar(200) NOT NULL,
    kind varchar(20) NOT NULL,
    CONSTRAINT principals_kind CHECK (kind IN ('region', 'municipality'))
);
CREATE TABLE providers (
    hsa_id varchar(31) PRIMARY KEY,
    name varchar(200) NOT NULL,
    principal varchar(31) NOT NULL REFERENCES principals,
    engaged_from date NOT NULL,
    engaged_until date,
    CONSTRAINT providers_engaged CHECK (engaged_from <= engaged_until)
);
CREATE INDEX providers_principal ON providers (principal);
CREATE TABLE units (
    hsa_id varchar(31) PRIMARY KEY,
    name varchar(200) NOT NULL,
    provider varchar(31) NOT NULL REFERENCES providers
);
CREATE INDEX units_provider ON units (provider);
CREATE TABLE agreements (
    code varchar(30) PRIMARY KEY,
    name varchar(200) NOT NULL
);
CREATE TABLE memberships (
    principal varchar(31) REFERENCES principals,
    agreement varchar(30) REFERENCES agreements,
    first_day date,
    last_day date,
    PRIMARY KEY (principal, agreement, first_day),
    CONSTRAINT memberships_days CHECK (first_day <= last_day),
    CONSTRAINT memberships_one_at_a_time EXCLUDE USING gist (
        principal WITH =, agreement WITH =, daterange(first_day, last_day, '[]') WITH &&
    )
);
CREATE TABLE customer_numbers (
    number varchar(10) PRIMARY KEY,
    kind varchar(30) NOT NULL,
    supplier varchar(3) NOT NULL,
    unit varchar(31) NOT NULL REFERENCES units,
    CONSTRAINT customer_numbers_kind
        CHECK (kind IN ('unit', 'personal_social_services', 'basic_equipment')),
    CONSTRAINT customer_numbers_number CHECK (number ~ '^[0-9]{4,10}$'),
    CONSTRAINT customer_numbers_supplier CHECK (supplier IN ('HMC', 'LMN')),
    CONSTRAINT customer_numbers_number_unit UNIQUE (number, unit)
);
CREATE INDEX customer_numbers_unit ON customer_numbers (unit);
CREATE TABLE customer_agreements (
    customer_number varchar(10) REFERENCES customer_numbers,
    agreement varchar(30) REFERENCES agreements,
    PRIMARY KEY (customer_number, agreement)
);
CREATE TABLE stores (
    number varchar(20) PRIMARY KEY,
    name varchar(200) NOT NULL,
    unit varchar(31) NOT NULL REFERENCES units
);
CREATE TABLE store_customers (
    customer_number varchar(10) REFERENCES customer_numbers,
    store_number varchar(20) REFERENCES stores,
    PRIMARY KEY (customer_number, store_number)
);
"""

# Source: P-2, P-3, P-4, P-5
PERMISSIONS = """
CREATE TABLE people (
    hsa_id varchar(64) PRIMARY KEY,
    name varchar(200) NOT NULL,
    title varchar(200) NOT NULL,
    mail varchar(254) NOT NULL
);
CREATE TABLE permissions (
    person varchar(64) REFERENCES people,
    unit varchar(31) REFERENCES units,
    first_day date,
    last_day date,
    type varchar(30) NOT NULL,
    PRIMARY KEY (person, unit, first_day),
    CONSTRAINT permissions_days CHECK (first_day <= last_day),
    CONSTRAINT permissions_type CHECK (
        type IN ('orderer_to_unit', 'orderer_health_care', 'orderer_social_services')
    ),
    CONSTRAINT permissions_one_at_a_time EXCLUDE USING gist (
        person WITH =, unit WITH =, daterange(first_day, last_day, '[]') WITH &&
    )
);
CREATE INDEX permissions_unit ON permissions (unit);
"""

# Source: HSLF-FS 2016:40 4 kap. 9 §
PATIENTS = """
CREATE TABLE patients (
    id uuid PRIMARY KEY,
    personal_identity_number char(12) NOT NULL,
    name varchar(200) NOT NULL,
    birth_date date NOT NULL,
    municipality varchar(100) NOT NULL,
    protected boolean NOT NULL DEFAULT false,
    CONSTRAINT patients_personal_identity_number UNIQUE (personal_identity_number),
    CONSTRAINT patients_personal_identity_number_digits
        CHECK (personal_identity_number ~ '^[0-9]{12}$')
);
CREATE TABLE access_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    action varchar(40) NOT NULL,
    patient_id uuid NOT NULL REFERENCES patients,
    person varchar(64) NOT NULL,
    role varchar(40) NOT NULL,
    unit varchar(31) NOT NULL,
    reason varchar(200) NOT NULL,
    request_id varchar(100) NOT NULL
);
CREATE INDEX access_log_patient_id ON access_log (patient_id, id);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE ON access_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER access_log_not_emptied BEFORE TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

# Source: O-19, O-54, O-55, O-56, O-57
ARTICLES = """
CREATE TABLE articles (
    number varchar(20) PRIMARY KEY,
    name varchar(200) NOT NULL,
    iso_code varchar(11) NOT NULL,
    delivery_class varchar(10) NOT NULL,
    status varchar(20) NOT NULL,
    supply_form varchar(10) NOT NULL,
    supplier varchar(3) NOT NULL,
    CONSTRAINT articles_number CHECK (number ~ '^[A-Z0-9-]{3,20}$'),
    CONSTRAINT articles_delivery_class
        CHECK (delivery_class IN ('within_7', 'within_17', 'over_17')),
    CONSTRAINT articles_status
        CHECK (status IN ('active', 'outgoing', 'ended', 'discontinued')),
    CONSTRAINT articles_supply_form CHECK (supply_form IN ('rent', 'purchase')),
    CONSTRAINT articles_supplier CHECK (supplier IN ('HMC', 'LMN'))
);
CREATE INDEX articles_words ON articles USING gin (to_tsvector('swedish', name));
CREATE INDEX articles_name ON articles USING gin (name gin_trgm_ops);
CREATE INDEX articles_iso_code ON articles (replace(iso_code, ' ', '') text_pattern_ops);
"""

# Source: O-5, O-18, O-25
ORDERS = """
CREATE SEQUENCE order_numbers START 10000001;
CREATE TABLE orders (
    id uuid PRIMARY KEY,
    number bigint NOT NULL DEFAULT nextval('order_numbers'),
    customer_number varchar(10) NOT NULL,
    unit varchar(31) NOT NULL,
    recipient_kind varchar(10) NOT NULL,
    patient_id uuid REFERENCES patients,
    store_number varchar(20),
    reference varchar(40) NOT NULL,
    state varchar(10) NOT NULL,
    orderer varchar(64) NOT NULL,
    placed_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    FOREIGN KEY (customer_number, unit) REFERENCES customer_numbers (number, unit),
    FOREIGN KEY (customer_number, store_number) REFERENCES store_customers,
    CONSTRAINT orders_number UNIQUE (number),
    CONSTRAINT orders_state CHECK (state IN ('placed', 'cancelled')),
    CONSTRAINT orders_cancelled_at CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL)),
    CONSTRAINT orders_recipient CHECK (
        recipient_kind IN ('patient', 'unit', 'store')
        AND (recipient_kind = 'patient') = (patient_id IS NOT NULL)
        AND (recipient_kind = 'store') = (store_number IS NOT NULL)
    )
);
CREATE INDEX orders_of_unit ON orders (unit, number);
CREATE INDEX orders_cancelled_of_unit ON orders (unit, number) WHERE state = 'cancelled';
CREATE INDEX orders_patient_id ON orders (patient_id) WHERE patient_id IS NOT NULL;
CREATE TABLE order_lines (
    order_id uuid REFERENCES orders,
    position smallint,
    article_number varchar(20) NOT NULL REFERENCES articles,
    quantity integer NOT NULL,
    delivery_class varchar(10) NOT NULL,
    PRIMARY KEY (order_id, position),
    CONSTRAINT order_lines_quantity CHECK (quantity BETWEEN 1 AND 1000),
    CONSTRAINT order_lines_delivery_class
        CHECK (delivery_class IN ('within_7', 'within_17', 'over_17'))
);
"""

# Source: B-5, B-6, O-18
WORK_ORDERS = """
CREATE SEQUENCE work_order_numbers START 500001;
CREATE TABLE work_orders (
    number bigint PRIMARY KEY DEFAULT nextval('work_order_numbers'),
    activity_id uuid NOT NULL,
    kind varchar(20) NOT NULL,
    customer_number varchar(10) NOT NULL,
    unit varchar(31) NOT NULL,
    patient_id uuid NOT NULL REFERENCES patients,
    description varchar(1000) NOT NULL,
    state varchar(10) NOT NULL,
    booking_id uuid,
    fact_at timestamptz,
    booked_start timestamptz,
    cause varchar(40),
    closed_at timestamptz,
    orderer varchar(64) NOT NULL,
    registered_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    FOREIGN KEY (customer_number, unit) REFERENCES customer_numbers (number, unit),
    CONSTRAINT work_orders_activity_id UNIQUE (activity_id),
    CONSTRAINT work_orders_number CHECK (number BETWEEN 100000 AND 9999999999),
    CONSTRAINT work_orders_kind CHECK (kind IN ('consultation')),
    CONSTRAINT work_orders_state CHECK (state IN ('open', 'booked', 'closed')),
    CONSTRAINT work_orders_booked CHECK (state <> 'booked' OR booked_start IS NOT NULL),
    CONSTRAINT work_orders_closed CHECK (
        (state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (cause IS NOT NULL)
    )
);
CREATE INDEX work_orders_of_unit ON work_orders (unit, number);
CREATE INDEX work_orders_of_unit_by_state ON work_orders (unit, state, number);
CREATE INDEX work_orders_patient_id ON work_orders (patient_id);
"""


def upgrade() -> None:
    create_chassis_tables(op)
    for part in (EXTENSIONS, CUSTOMERS, PERMISSIONS, PATIENTS, ARTICLES, ORDERS, WORK_ORDERS):
        op.execute(part)
