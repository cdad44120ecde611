-- A refused line that is set aside for good, with the reason: received = accepted + duplicate + rejected + void, always.

alter table usage_file add column void_lines integer not null default 0;
do $$
declare
  balance text;
begin
  select conname into strict balance from pg_constraint
  where conrelid = 'usage_file'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%received_lines%';
  execute format('alter table usage_file drop constraint %I', balance);
end
$$;
alter table usage_file add constraint usage_file_balance
  check (received_lines = accepted_lines + duplicate_lines + rejected_lines + void_lines);

-- By whom and when stands where a correction says it.
alter table usage_reject add column void_reason text check (void_reason <> '');
alter table usage_reject add check ((state = 'void') = (void_reason is not null));
