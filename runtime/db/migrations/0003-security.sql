-- Who may touch which rows: row-level security by tenant, and the rights of each database role.
-- What may never change again is in 0004-immutability.

-- Every table with a tenant is closed to kanade_app but for the tenant of the transaction. Without one the cast of
-- current_setting fails, so a forgotten scope is an error, never an empty list.
create procedure secure_by_tenant(secured regclass)
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', secured);
  execute format('alter table %s force row level security', secured);
  execute format(
    'create policy tenant_scope on %s to kanade_app
       using (tenant_id = current_setting(''app.tenant'')::int)
       with check (tenant_id = current_setting(''app.tenant'')::int)', secured);
end
$$;

do $$
declare
  found regclass;
begin
  for found in
    select format('public.%I', c.table_name)::regclass
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE'
    order by c.table_name
  loop
    call secure_by_tenant(found);
  end loop;
end
$$;

alter table tenant enable row level security;
alter table tenant force row level security;
create policy tenant_scope on tenant to kanade_app
  using (id = current_setting('app.tenant')::int)
  with check (id = current_setting('app.tenant')::int);

-- Sign-in finds out who someone is before there is a tenant to be scoped to.
create policy sign_in on person for select to kanade_auth using (true);
create policy sign_in on person_role for select to kanade_auth using (true);
create policy sign_in on access_token for select to kanade_auth using (true);
create policy sign_in on tenant for select to kanade_auth using (true);

grant usage on schema auth to kanade_auth;
grant select, insert, update, delete on all tables in schema auth to kanade_auth;
grant select on tenant, person, person_role, access_token to kanade_auth;

-- `usage` on the number sequences, not `update`: nobody turns a clock back.
grant usage on all sequences in schema public to kanade_app, kanade_cycle;

-- kanade_app: masters and single facts. It reads bills and never writes one.
grant select on all tables in schema public to kanade_app;
revoke all on mikro_orm_migrations from kanade_app;
grant insert, update on tenant, legal_entity, person, access_token to kanade_app;
grant insert, delete on person_role to kanade_app;
grant insert on audit_entry, ruleset_version, release, release_item to kanade_app;
grant insert, update on audit_head to kanade_app;
grant insert, update on billing_group, customer, billing_account, product to kanade_app;
grant insert, update on billing_account_history, product_history, campaign_grant to kanade_app;
grant insert, update, delete on product_identifier to kanade_app;
grant insert, update on usage_file, usage_key, usage_record, usage_reject to kanade_app;
grant insert, update on cycle, cycle_run to kanade_app;
grant insert on chunk to kanade_app;

-- kanade_cycle: what a cycle reads, imports and writes, set-wise and by COPY. No people, no tokens, no publishing.
grant select on tenant, legal_entity, audit_entry, ruleset_version, release, release_item to kanade_cycle;
grant insert on audit_entry to kanade_cycle;
grant select, insert, update on audit_head to kanade_cycle;
grant select, insert, update on billing_group, customer, billing_account, product to kanade_cycle;
grant select, insert, update on billing_account_history, product_history, campaign_grant to kanade_cycle;
grant select, insert, update, delete on product_identifier to kanade_cycle;
grant select, insert, update on usage_file, usage_key, usage_record, usage_reject to kanade_cycle;
grant select, insert, update on cycle, cycle_run, number_series to kanade_cycle;
grant select, insert, update, delete on chunk, bill, bill_line, billing_state, bill_document, quarantine to kanade_cycle;
