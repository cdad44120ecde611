-- What cycles could not be told so far: prices agreed with a customer, amounts added or taken off by hand, and which change of a
-- product was an order that a campaign may answer. All on two clocks: a correction ends the interval in which a row was known.

create table negotiated_price (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  row_id bigint generated always as identity,
  id text not null,
  group_id text not null,
  -- Null: all products of the group.
  product_id text,
  charge text not null,
  rate_plan text,
  valid_from date not null,
  valid_to date,
  known_from bigint not null default nextval('knowledge'),
  known_to bigint,
  -- {"pinned": …}, {"percentOfList": …} or {"offList": …}, as in the account document.
  price jsonb not null,
  reason text not null check (reason <> ''),
  agreed_by uuid not null,
  check (valid_to is null or valid_to > valid_from),
  check (known_to is null or known_to > known_from),
  primary key (shard, tenant_id, row_id)
);
create index negotiated_price_by_group on negotiated_price (shard, tenant_id, group_id);
create unique index negotiated_price_known on negotiated_price (shard, tenant_id, id) where known_to is null;

create table adjustment (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  row_id bigint generated always as identity,
  id text not null,
  group_id text not null,
  account_id text not null,
  counted_on date not null,
  known_from bigint not null default nextval('knowledge'),
  known_to bigint,
  name jsonb not null,
  amount numeric(38, 12) not null,
  tax_category text not null,
  tax_included boolean not null,
  reason text not null check (reason <> ''),
  entered_by uuid not null,
  check (known_to is null or known_to > known_from),
  primary key (shard, tenant_id, row_id)
);
create index adjustment_by_group on adjustment (shard, tenant_id, group_id);
create unique index adjustment_known on adjustment (shard, tenant_id, id) where known_to is null;

do $$
declare
  fact text;
begin
  foreach fact in array array['negotiated_price', 'adjustment'] loop
    call secure_by_tenant(fact::regclass);
    execute format('create trigger known_once before update on %I for each row execute function keep_known_fact()', fact);
    execute format('create trigger never_removed before delete or truncate on %I
                      for each statement execute function refuse_change()', fact);
    execute format('grant select, insert, update on %I to kanade_app, kanade_cycle', fact);
  end loop;
end
$$;
grant usage on all sequences in schema public to kanade_app, kanade_cycle;

-- The order behind a change, and the day on which it was placed: null where nobody ordered it.
alter table product_history add column event text check (event in ('new', 'serviceChange', 'planChange', 'simultaneous'));
alter table product_history add column applied_on date;
