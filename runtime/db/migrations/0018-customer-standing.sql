-- Whether a customer is an individual or a company, and of which segment, from a day on. Before the first row what `customer` says holds;
-- `customer` itself says what they were when they came. Two clocks, as all facts that a bill depends on.

create table customer_standing (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  row_id bigint generated always as identity,
  group_id text not null,
  customer_id text not null,
  valid_from date not null,
  known_from bigint not null default nextval('knowledge'),
  known_to bigint,
  type text not null check (type in ('individual', 'corporate')),
  segment text,
  check (known_to is null or known_to > known_from),
  primary key (shard, tenant_id, row_id)
);
create index customer_standing_by_group on customer_standing (shard, tenant_id, group_id);
create index customer_standing_by_customer on customer_standing (shard, tenant_id, customer_id) where known_to is null;
create unique index customer_standing_known on customer_standing (shard, tenant_id, customer_id, valid_from) where known_to is null;
call secure_by_tenant('customer_standing');
create trigger known_once before update on customer_standing for each row execute function keep_known_fact();
create trigger never_removed before delete or truncate on customer_standing for each statement execute function refuse_change();
grant select, insert, update on customer_standing to kanade_app, kanade_cycle;
grant usage on all sequences in schema public to kanade_app, kanade_cycle;
