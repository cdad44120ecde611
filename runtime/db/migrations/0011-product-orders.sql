-- What is ordered: one row an order, under the knowledge number of the facts that it wrote. An order that is taken back gets its
-- known_to, as any fact does.

create table product_order (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  id text not null,
  group_id text not null,
  customer_id text not null,
  -- What was asked, as in the schema ProductOrder.
  changes jsonb not null,
  from_day date not null,
  applied_on date not null,
  channel text,
  known_from bigint not null,
  known_to bigint,
  placed_by uuid not null,
  placed_at timestamptz not null,
  check (known_to is null or known_to > known_from),
  primary key (shard, tenant_id, id)
);
create index product_order_by_customer on product_order (shard, tenant_id, customer_id);
call secure_by_tenant('product_order');
create trigger known_once before update on product_order for each row execute function keep_known_fact();
create trigger never_removed before delete or truncate on product_order for each statement execute function refuse_change();
grant select, insert, update on product_order to kanade_app;
grant select on product_order to kanade_cycle;

-- A campaign that was taken back can be granted again.
alter table campaign_grant drop constraint campaign_grant_pkey;
alter table campaign_grant add column row_id bigint generated always as identity;
alter table campaign_grant add primary key (shard, tenant_id, row_id);
create unique index campaign_grant_known on campaign_grant (shard, tenant_id, product_id, campaign) where known_to is null;
create index campaign_grant_by_campaign on campaign_grant (tenant_id, campaign);
grant usage on all sequences in schema public to kanade_app, kanade_cycle;
