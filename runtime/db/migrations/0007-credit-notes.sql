-- What is given back of closed bills: asked for by one person, issued or declined by another, and then for good.

create table credit_request (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  id uuid not null,
  bill_id text not null,
  -- [{line, amount}] as asked for.
  lines jsonb not null,
  reason text not null check (reason <> ''),
  asked_by uuid not null,
  asked_at timestamptz not null,
  state text not null check (state in ('open', 'issued', 'declined')),
  decided_by uuid,
  decided_at timestamptz,
  check ((state = 'open') = (decided_by is null)),
  check (state <> 'issued' or decided_by <> asked_by),
  primary key (shard, tenant_id, id)
);
create index credit_request_by_bill on credit_request (shard, tenant_id, bill_id);

-- `body` is the credit note's canonical JSON, `digest` its fingerprint; number, name and address lie beside it.
create table credit_note (
  tenant_id integer not null references tenant (id),
  shard smallint not null,
  id uuid not null,
  bill_id text not null,
  legal_entity_id text not null,
  number text not null,
  reason text not null,
  bill_to_name text not null,
  bill_to_address text not null,
  currency text not null,
  total_minor bigint not null,
  -- Whether law let the paper be kept back on the day of issue.
  small boolean not null,
  body text not null,
  digest text not null,
  issued_on date not null,
  issued_by uuid not null,
  primary key (shard, tenant_id, id),
  unique (shard, tenant_id, legal_entity_id, number),
  foreign key (shard, tenant_id, id) references credit_request (shard, tenant_id, id)
);
create index credit_note_by_bill on credit_note (shard, tenant_id, bill_id);

call secure_by_tenant('credit_request');
call secure_by_tenant('credit_note');

grant select, insert, update on credit_request to kanade_app;
grant select, insert on credit_note to kanade_app;
grant insert, update on number_series to kanade_app;

-- What is decided stays decided; what was asked for never changes.
create function keep_credit_request() returns trigger
language plpgsql as $$
begin
  if old.state <> 'open' or to_jsonb(new) - array['state', 'decided_by', 'decided_at']
                            <> to_jsonb(old) - array['state', 'decided_by', 'decided_at'] then
    raise exception 'a credit that was asked for is decided once, and stays as it was asked' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger kept before update on credit_request for each row execute function keep_credit_request();
create trigger never_removed before delete or truncate on credit_request for each statement execute function refuse_change();
create trigger written_once before update or delete or truncate on credit_note for each statement execute function refuse_change();

-- Credit notes are for closed bills only. No foreign key: trials delete bills by the thousand, and a closed one is never deleted.
create function refuse_open_bill() returns trigger
language plpgsql as $$
begin
  if not exists (select from bill_document d
                 where d.shard = new.shard and d.tenant_id = new.tenant_id and d.bill_id = new.bill_id) then
    raise exception 'only a closed bill is given back' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger closed_bill before insert on credit_request for each row execute function refuse_open_bill();
