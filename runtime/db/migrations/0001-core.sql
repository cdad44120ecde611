-- The first tables: tenants and people, customers and contracts on two clocks, rulesets and releases, usage, cycles, bills.
-- Every row belongs to a tenant. What a cycle touches leads with `shard` (0 to 127, hash of tenant and payer, fixed for ever).
-- Two clocks: valid_from/valid_to are civil days, half open; known_from/known_to are numbers drawn from the sequence `knowledge`.

create sequence knowledge as bigint;

create table tenant (
  id integer generated always as identity primary key,
  code text not null unique,
  name jsonb not null,
  zone text not null,
  created_at timestamptz not null default now()
);

create table legal_entity (
  tenant_id integer not null references tenant (id),
  id text not null,
  name jsonb not null,
  registration_number text,
  currency text not null,
  address jsonb not null,
  primary key (tenant_id, id)
);

create table person (
  id uuid primary key default gen_random_uuid(),
  tenant_id integer not null references tenant (id),
  auth_user_id uuid not null unique,
  email text not null,
  name text not null,
  locale text not null default 'ja',
  active boolean not null default true,
  created_at timestamptz not null default now(),
  unique (tenant_id, email)
);

create table person_role (
  tenant_id integer not null references tenant (id),
  person_id uuid not null references person (id),
  role text not null check (role in ('productManager', 'approver', 'operator', 'billingManager', 'auditor', 'administrator')),
  primary key (tenant_id, person_id, role)
);

create table access_token (
  id uuid primary key default gen_random_uuid(),
  tenant_id integer not null references tenant (id),
  person_id uuid not null references person (id),
  label text not null,
  token_sha256 text not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);

-- Append-only, chained: each hash covers the one before it.
create table audit_entry (
  tenant_id integer not null references tenant (id),
  number bigint not null,
  at timestamptz not null,
  person_id uuid,
  action text not null,
  object text not null,
  details jsonb not null,
  previous_hash text not null,
  hash text not null,
  primary key (tenant_id, number)
);
create index audit_entry_by_object on audit_entry (tenant_id, object, number);

-- Where the chain ends, so that rows cut off its end are missed.
create table audit_head (
  tenant_id integer primary key references tenant (id),
  number bigint not null,
  hash text not null
);

-- Rulesets: identity is (kind, id, version, hash); published rows never change.
create table ruleset_version (
  tenant_id integer not null references tenant (id),
  kind text not null,
  id text not null,
  version integer not null,
  hash text not null,
  document text not null,
  effective_from date not null,
  effective_to date,
  published_by uuid not null,
  published_at timestamptz not null,
  known_from bigint not null default nextval('knowledge'),
  primary key (tenant_id, kind, id, version)
);

-- A release is a signed lock list of versions; `number` counts up per tenant.
create table release (
  tenant_id integer not null references tenant (id),
  number integer not null,
  hash text not null,
  signature text not null,
  key_id text not null,
  published_by uuid not null,
  published_at timestamptz not null,
  known_from bigint not null default nextval('knowledge'),
  primary key (tenant_id, number)
);

create table release_item (
  tenant_id integer not null,
  release_number integer not null,
  kind text not null,
  id text not null,
  version integer not null,
  hash text not null,
  primary key (tenant_id, release_number, kind, id, version),
  foreign key (tenant_id, release_number) references release (tenant_id, number),
  foreign key (tenant_id, kind, id, version) references ruleset_version (tenant_id, kind, id, version)
);

-- The billing group (請求単位) is the unit of calculation, keyed to its payer.
create table billing_group (
  tenant_id integer not null references tenant (id),
  shard smallint not null check (shard between 0 and 127),
  id text not null,
  payer_hash integer not null,
  primary key (shard, tenant_id, id)
);
create index billing_group_by_hash on billing_group (shard, tenant_id, payer_hash);

create table customer (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  id text not null,
  group_id text not null,
  type text not null check (type in ('individual', 'corporate')),
  name text not null,
  kana text not null,
  search text not null,
  segment text,
  birth_date date,
  created_at timestamptz not null default now(),
  primary key (shard, tenant_id, id)
);
create index customer_by_group on customer (shard, tenant_id, group_id);
create index customer_by_search on customer (tenant_id, search collate "C");

create table billing_account (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  id text not null,
  group_id text not null,
  customer_id text not null,
  primary key (shard, tenant_id, id)
);
create index billing_account_by_group on billing_account (shard, tenant_id, group_id);

create table billing_account_history (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  row_id bigint generated always as identity,
  account_id text not null,
  valid_from date not null,
  valid_to date,
  known_from bigint not null default nextval('knowledge'),
  known_to bigint,
  legal_entity_id text not null,
  billing_cycle text not null,
  bill_to_name text not null,
  bill_to_address text not null,
  primary key (shard, tenant_id, row_id)
);
create index billing_account_history_by_account on billing_account_history (shard, tenant_id, account_id);

create table product (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  id text not null,
  group_id text not null,
  account_id text not null,
  event text not null,
  applied_on date not null,
  tenure_from date not null,
  registered_at timestamptz not null default now(),
  primary key (shard, tenant_id, id)
);
create index product_by_group on product (shard, tenant_id, group_id);

-- What holds of a product from one day to another, as known from one moment to another. No row: no service.
create table product_history (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  row_id bigint generated always as identity,
  product_id text not null,
  valid_from date not null,
  valid_to date,
  known_from bigint not null default nextval('knowledge'),
  known_to bigint,
  offering text not null,
  rate_plan_version integer,
  bound_by text not null default 'order',
  quantity numeric(38, 12) not null default 1,
  status text not null check (status in ('active', 'suspended')),
  end_reason text,
  check (valid_to is null or valid_to > valid_from),
  check (known_to is null or known_to > known_from),
  primary key (shard, tenant_id, row_id)
);
create index product_history_by_product on product_history (shard, tenant_id, product_id);

-- The numbers by which the outside world names a product (telephone number, meter point), to find it from a usage file.
create table product_identifier (
  tenant_id integer not null references tenant (id),
  identifier text not null,
  valid_from date not null,
  valid_to date,
  shard smallint not null,
  group_id text not null,
  product_id text not null,
  primary key (tenant_id, identifier, valid_from)
);
create index product_identifier_by_product on product_identifier (shard, tenant_id, product_id);

create table campaign_grant (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  campaign text not null,
  product_id text not null,
  granted_on date not null,
  known_from bigint not null default nextval('knowledge'),
  known_to bigint,
  primary key (shard, tenant_id, product_id, campaign)
);

-- Usage: a file, its accepted records, and its refused lines with raw bytes and reason.
create table usage_file (
  tenant_id integer not null references tenant (id),
  id uuid not null default gen_random_uuid(),
  sha256 text not null,
  name text not null,
  format text not null,
  format_version integer not null,
  header jsonb not null,
  given_on date,
  received_lines integer not null default 0,
  accepted_lines integer not null default 0,
  duplicate_lines integer not null default 0,
  rejected_lines integer not null default 0,
  records integer not null default 0,
  imported_by uuid not null,
  imported_at timestamptz not null default now(),
  check (received_lines = accepted_lines + duplicate_lines + rejected_lines),
  primary key (tenant_id, id),
  unique (tenant_id, sha256, format)
);

-- The key of every accepted line, by which a line that comes again is known. Its shard is that of the key itself,
-- so that a line is recognised even when it names another subscriber the second time.
create table usage_key (
  tenant_id integer not null references tenant (id),
  shard smallint not null check (shard between 0 and 127),
  line_key text not null,
  payload text not null,
  file_id uuid not null,
  line_number integer not null,
  primary key (shard, tenant_id, line_key)
);

create table usage_record (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  event_key text not null,
  group_id text not null,
  product_id text not null,
  meter text not null,
  started_at timestamp not null,
  quantity numeric(38, 12) not null,
  attributes jsonb not null,
  file_id uuid not null,
  line_number integer not null,
  known_from bigint not null default nextval('knowledge'),
  known_to bigint,
  primary key (shard, tenant_id, event_key)
);
create index usage_record_by_group on usage_record (shard, tenant_id, group_id, started_at);

create table usage_reject (
  tenant_id integer not null references tenant (id),
  id uuid not null default gen_random_uuid(),
  file_id uuid not null,
  line_number integer not null,
  raw bytea not null,
  code text not null,
  details jsonb not null,
  state text not null default 'open' check (state in ('open', 'corrected', 'void')),
  rejected_at timestamptz not null default now(),
  corrected_raw bytea,
  corrected_by uuid,
  corrected_at timestamptz,
  primary key (tenant_id, id)
);
create index usage_reject_by_file on usage_reject (tenant_id, file_id, line_number);

-- Cycles. A cycle freezes its knowledge point, release and build at opening.
create table cycle (
  tenant_id integer not null references tenant (id),
  id uuid not null default gen_random_uuid(),
  legal_entity_id text not null,
  billing_cycle text not null,
  month text not null,
  period_start date not null,
  period_end date not null,
  state text not null check (state in ('planned', 'collecting', 'rating', 'trial', 'reviewed', 'closed', 'issued')),
  known_at bigint not null,
  release_number integer not null,
  build text not null,
  previous_cycle_id uuid,
  previous_known_at bigint,
  previous_period_end date,
  opened_by uuid not null,
  opened_at timestamptz not null,
  closed_by uuid,
  closed_at timestamptz,
  bills integer,
  quarantined integer,
  total_minor numeric(38, 0),
  digest text,
  primary key (tenant_id, id),
  unique (tenant_id, legal_entity_id, billing_cycle, month)
);

-- Who ran a cycle, how often, and to which digest: whoever ran it does not close it.
create table cycle_run (
  tenant_id integer not null references tenant (id),
  cycle_id uuid not null,
  number integer not null,
  run_by uuid not null,
  build text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  digest text,
  primary key (tenant_id, cycle_id, number),
  foreign key (tenant_id, cycle_id) references cycle (tenant_id, id)
);

create table chunk (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  cycle_id uuid not null,
  number integer not null,
  from_hash integer not null,
  to_hash integer not null,
  groups integer not null,
  state text not null default 'open' check (state in ('open', 'claimed', 'done')),
  epoch integer not null default 0,
  claimed_by text,
  lease_until timestamptz,
  attempts integer not null default 0,
  bills integer,
  lines integer,
  quarantined integer,
  usage_records bigint,
  total_minor numeric(38, 0),
  digest text,
  finished_at timestamptz,
  primary key (shard, tenant_id, cycle_id, number)
);

-- A bill is a record, its identity (account, period, kind, revision); `id` spells it out. `body` is its canonical JSON.
create table bill (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  id text not null,
  cycle_id uuid not null,
  chunk_number integer not null,
  group_id text not null,
  account_id text not null,
  period_start date not null,
  period_end date not null,
  kind text not null check (kind in ('regular')),
  revision integer not null default 1,
  currency text not null,
  due_on date not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  line_count integer not null,
  body text not null,
  digest text not null,
  primary key (shard, tenant_id, id),
  unique (shard, tenant_id, account_id, period_start, kind, revision)
);
create index bill_by_cycle on bill (shard, tenant_id, cycle_id, chunk_number);
create index bill_by_account on bill (shard, tenant_id, account_id);

create table bill_line (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  bill_id text not null,
  line_id text not null,
  cycle_id uuid not null,
  product_id text,
  charge text not null,
  phase text not null,
  ruleset text not null,
  version integer not null,
  row text not null,
  target text,
  service_start date not null,
  service_end date not null,
  quantity numeric(38, 12) not null,
  unit_price numeric(38, 12),
  amount_minor bigint not null,
  tax_category text not null,
  primary key (shard, tenant_id, bill_id, line_id)
);

create table billing_state (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  group_id text not null,
  cycle_id uuid not null,
  chunk_number integer not null,
  state jsonb not null,
  primary key (shard, tenant_id, group_id, cycle_id)
);

-- The last number given in a series of a legal entity; a closing takes as many as it has bills, without a gap.
create table number_series (
  tenant_id integer not null,
  legal_entity_id text not null,
  series text not null,
  last bigint not null,
  primary key (tenant_id, legal_entity_id, series),
  foreign key (tenant_id, legal_entity_id) references legal_entity (tenant_id, id)
);

-- The number printed on an invoice, with name and address, lies beside the bill: given at closing, by rank.
create table bill_document (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  bill_id text not null,
  cycle_id uuid not null,
  legal_entity_id text not null,
  number text not null,
  bill_to_name text not null,
  bill_to_address text not null,
  issued_on date not null,
  primary key (shard, tenant_id, bill_id),
  unique (shard, tenant_id, legal_entity_id, number)
);

-- A group whose bill cannot be computed: kept with its reason and its raw input; the rest of the cycle goes on.
create table quarantine (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  cycle_id uuid not null,
  chunk_number integer not null,
  group_id text not null,
  code text not null,
  details jsonb not null,
  input text not null,
  primary key (shard, tenant_id, cycle_id, group_id)
);
