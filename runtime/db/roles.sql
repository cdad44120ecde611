-- The database roles of Kanade. Run once by an administrator of the server; running it again changes nothing.
-- kanade_owner owns the tables and runs migrations. kanade_app serves screens and API under row-level security.
-- kanade_cycle computes bills across tenants' rows by COPY, which row-level security excludes. kanade_auth signs people in.
do $$
begin
  if not exists (select from pg_roles where rolname = 'kanade_owner') then create role kanade_owner login nobypassrls; end if;
  if not exists (select from pg_roles where rolname = 'kanade_app') then create role kanade_app login nobypassrls; end if;
  if not exists (select from pg_roles where rolname = 'kanade_cycle') then create role kanade_cycle login bypassrls; end if;
  if not exists (select from pg_roles where rolname = 'kanade_auth') then create role kanade_auth login nobypassrls; end if;
exception
  -- Another process made them in the same moment.
  when duplicate_object or unique_violation then null;
end
$$;
