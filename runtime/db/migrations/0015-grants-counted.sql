-- What a campaign's grants are counted by, and the codes that are accepted once each.

-- What the grant can cost at most, set aside from the campaign's budget; null where nobody could know.
alter table campaign_grant add column promised numeric(38, 12) check (promised >= 0);
-- Grants are counted over all shards, holding the campaign: only those that are known still.
drop index campaign_grant_by_campaign;
create index campaign_grant_counted on campaign_grant (tenant_id, campaign) include (promised) where known_to is null;

create table coupon_batch (
  tenant_id integer not null references tenant (id),
  id uuid not null,
  campaign text not null,
  origin text not null check (origin in ('made', 'imported')),
  note text,
  codes integer not null check (codes > 0),
  made_by uuid not null,
  made_at timestamptz not null,
  primary key (tenant_id, id)
);
create index coupon_batch_by_campaign on coupon_batch (tenant_id, campaign, made_at);

-- A code by its SHA-256 alone. `used_by` is the order that it was entered for, until that is taken back.
create table coupon_code (
  tenant_id integer not null references tenant (id),
  campaign text not null,
  sha256 text not null,
  batch_id uuid not null,
  used_by text,
  primary key (tenant_id, campaign, sha256),
  foreign key (tenant_id, batch_id) references coupon_batch (tenant_id, id)
);
create index coupon_code_by_batch on coupon_code (tenant_id, batch_id);
create index coupon_code_used on coupon_code (tenant_id, used_by) where used_by is not null;

call secure_by_tenant('coupon_batch');
call secure_by_tenant('coupon_code');
grant select, insert on coupon_batch to kanade_app;
grant select, insert on coupon_code to kanade_app;
grant update (used_by) on coupon_code to kanade_app;
create trigger written_once before update or delete or truncate on coupon_batch for each statement execute function refuse_change();
create trigger never_removed before delete or truncate on coupon_code for each statement execute function refuse_change();
