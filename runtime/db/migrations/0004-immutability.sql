-- What never changes again, whoever asks: published rulesets and releases, the audit trail, the bills of a closed cycle,
-- and what was known of a product at some moment. Every refusal has the SQLSTATE 23001 (restrict_violation).

-- Always refused on the table that it is put on.
create function refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'restrict_violation';
end
$$;

do $$
declare
  written_once text;
begin
  foreach written_once in array array['ruleset_version', 'release', 'release_item', 'audit_entry'] loop
    execute format('create trigger written_once before update or delete or truncate on %I
                      for each statement execute function refuse_change()', written_once);
  end loop;
end
$$;

-- The rows of a cycle are free to come and go until it is closed. The shared lock makes a closing wait for the chunks that
-- are being written, and a chunk that comes too late see that the cycle was closed. Once a statement, so COPY stays fast.
create function refuse_closed_cycle() returns trigger
language plpgsql as $$
declare
  state_now text;
begin
  for state_now in
    select c.state from cycle c
    where (c.tenant_id, c.id) in (select distinct tenant_id, cycle_id from changed)
    for share
  loop
    if state_now in ('closed', 'issued') then
      raise exception 'the cycle is closed: its % is never changed', tg_table_name using errcode = 'restrict_violation';
    end if;
  end loop;
  return null;
end
$$;

do $$
declare
  of_cycle text;
begin
  foreach of_cycle in array array['chunk', 'cycle_run', 'bill', 'bill_line', 'billing_state', 'bill_document', 'quarantine'] loop
    execute format('create trigger closed_insert after insert on %I referencing new table as changed
                      for each statement execute function refuse_closed_cycle()', of_cycle);
    execute format('create trigger closed_delete after delete on %I referencing old table as changed
                      for each statement execute function refuse_closed_cycle()', of_cycle);
    -- An update is looked at from both sides: no row may leave a closed cycle, and none may enter one.
    execute format('create trigger closed_update_from after update on %I referencing old table as changed
                      for each statement execute function refuse_closed_cycle()', of_cycle);
    execute format('create trigger closed_update_to after update on %I referencing new table as changed
                      for each statement execute function refuse_closed_cycle()', of_cycle);
    execute format('create trigger never_truncated before truncate on %I
                      for each statement execute function refuse_change()', of_cycle);
  end loop;
end
$$;

-- What a cycle froze at its opening stays; a closed one may still be issued, and nothing else.
create function keep_cycle() returns trigger
language plpgsql as $$
begin
  if (new.tenant_id, new.id, new.legal_entity_id, new.billing_cycle, new.month, new.period_start, new.period_end)
       is distinct from
     (old.tenant_id, old.id, old.legal_entity_id, old.billing_cycle, old.month, old.period_start, old.period_end)
     or (old.state <> 'planned' and (new.known_at, new.release_number, new.build)
                      is distinct from (old.known_at, old.release_number, old.build)) then
    raise exception 'what a cycle froze at its opening never changes' using errcode = 'restrict_violation';
  end if;
  if old.state in ('closed', 'issued')
     and not (old.state = 'closed' and new.state = 'issued' and to_jsonb(new) - 'state' = to_jsonb(old) - 'state') then
    raise exception 'the cycle is closed: it never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger frozen before update on cycle for each row execute function keep_cycle();
create trigger never_removed before delete or truncate on cycle for each statement execute function refuse_change();

-- A fact on two clocks is corrected by ending the interval in which it was known, once, and adding another row.
create function keep_known_fact() returns trigger
language plpgsql as $$
begin
  if old.known_to is not null or new.known_to is null or to_jsonb(new) - 'known_to' <> to_jsonb(old) - 'known_to' then
    raise exception 'a row of % only ever gets its known_to, once', tg_table_name using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

do $$
declare
  fact text;
begin
  foreach fact in array array['product_history', 'billing_account_history', 'campaign_grant', 'usage_record'] loop
    execute format('create trigger known_once before update on %I for each row execute function keep_known_fact()', fact);
    execute format('create trigger never_removed before delete or truncate on %I
                      for each statement execute function refuse_change()', fact);
  end loop;
end
$$;
