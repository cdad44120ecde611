-- What is given to one customer alone, an agreed price or an amount taken off, is asked for by one person and granted or declined
-- by another. Granted, it becomes a row of negotiated_price or adjustment.

create table concession (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  id uuid not null,
  customer_id text not null,
  kind text not null check (kind in ('agreement', 'adjustment')),
  -- As asked for: a NegotiatedPrice or an Adjustment of the account document.
  terms jsonb not null,
  reason text not null check (reason <> ''),
  asked_by uuid not null,
  asked_at timestamptz not null,
  state text not null check (state in ('open', 'granted', 'declined')),
  decided_by uuid,
  decided_at timestamptz,
  check ((state = 'open') = (decided_by is null)),
  check (state <> 'granted' or decided_by <> asked_by),
  primary key (shard, tenant_id, id)
);
create index concession_by_customer on concession (shard, tenant_id, customer_id);
call secure_by_tenant('concession');
grant select, insert, update on concession to kanade_app;

create function keep_concession() returns trigger
language plpgsql as $$
begin
  if old.state <> 'open' or to_jsonb(new) - array['state', 'decided_by', 'decided_at']
                            <> to_jsonb(old) - array['state', 'decided_by', 'decided_at'] then
    raise exception 'a concession is decided once, and stays as it was asked for' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger kept before update on concession for each row execute function keep_concession();
create trigger never_removed before delete or truncate on concession for each statement execute function refuse_change();
