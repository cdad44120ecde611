-- How a change of the rules comes about: drafts as they are typed, who had a hand in them, and the cases that go with them.
-- A published version has the cases that it was approved with; neither ever changes.

create table ruleset_draft (
  tenant_id integer not null references tenant (id),
  id uuid not null,
  kind text not null,
  ruleset_id text not null,
  -- The published version that the draft started from; null for a ruleset that is new.
  base_version integer,
  state text not null check (state in ('draft', 'inReview', 'sentBack', 'approved', 'scheduled', 'published', 'withdrawn')),
  -- Counts up with every save of the text or of a case: who saves names the revision that was being looked at.
  revision integer not null,
  -- As typed: it need be neither JSON nor a ruleset.
  document text not null,
  started_by uuid not null,
  started_at timestamptz not null,
  saved_by uuid not null,
  saved_at timestamptz not null,
  submitted_by uuid,
  submitted_at timestamptz,
  -- SHA-256 of the canonical ruleset and its cases.
  approved_hash text,
  approved_by uuid,
  approved_at timestamptz,
  publish_on date,
  scheduled_by uuid,
  -- Why the publication that was due did not come about.
  failure jsonb,
  published_version integer,
  release_number integer,
  published_by uuid,
  published_at timestamptz,
  check ((approved_hash is null) = (approved_by is null)),
  check (state not in ('approved', 'scheduled', 'published') or approved_hash is not null),
  check ((state = 'scheduled') = (publish_on is not null)),
  check ((state = 'published') = (published_version is not null)),
  primary key (tenant_id, id)
);
create index ruleset_draft_by_ruleset on ruleset_draft (tenant_id, kind, ruleset_id);
create index ruleset_draft_due on ruleset_draft (publish_on) where state = 'scheduled';

-- Who has saved something in a draft. Together with who started it, they are those who may not approve it.
create table draft_editor (
  tenant_id integer not null,
  draft_id uuid not null,
  person_id uuid not null,
  since timestamptz not null,
  primary key (tenant_id, draft_id, person_id),
  foreign key (tenant_id, draft_id) references ruleset_draft (tenant_id, id)
);

create table draft_case (
  tenant_id integer not null,
  draft_id uuid not null,
  id uuid not null,
  number integer not null,
  document text not null,
  primary key (tenant_id, draft_id, id),
  foreign key (tenant_id, draft_id) references ruleset_draft (tenant_id, id)
);

-- A case keeps its id from version to version.
create table ruleset_case (
  tenant_id integer not null,
  kind text not null,
  ruleset_id text not null,
  version integer not null,
  id uuid not null,
  number integer not null,
  document text not null,
  primary key (tenant_id, kind, ruleset_id, version, id),
  foreign key (tenant_id, kind, ruleset_id, version) references ruleset_version (tenant_id, kind, id, version)
);

call secure_by_tenant('ruleset_draft');
call secure_by_tenant('draft_editor');
call secure_by_tenant('draft_case');
call secure_by_tenant('ruleset_case');

grant select, insert, update on ruleset_draft to kanade_app;
grant select, insert on draft_editor, ruleset_case to kanade_app;
grant select, insert, update, delete on draft_case to kanade_app;

-- What is over stays as it ended; what a draft is for never changes; and nobody approves what they had a hand in.
create function keep_draft() returns trigger
language plpgsql as $$
begin
  if old.state in ('published', 'withdrawn') then
    raise exception 'the draft is over: it never changes' using errcode = 'restrict_violation';
  end if;
  if (new.tenant_id, new.id, new.kind, new.ruleset_id, new.started_by, new.started_at)
       is distinct from (old.tenant_id, old.id, old.kind, old.ruleset_id, old.started_by, old.started_at) then
    raise exception 'what a draft is for never changes' using errcode = 'restrict_violation';
  end if;
  if new.approved_by = new.started_by
     or exists (select from draft_editor e
                where e.tenant_id = new.tenant_id and e.draft_id = new.id and e.person_id = new.approved_by) then
    raise exception 'a change is approved by somebody who had no hand in it' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger kept before update on ruleset_draft for each row execute function keep_draft();
create trigger never_removed before delete or truncate on ruleset_draft for each statement execute function refuse_change();
create trigger written_once before update or delete or truncate on draft_editor for each statement execute function refuse_change();
create trigger written_once before update or delete or truncate on ruleset_case for each statement execute function refuse_change();

-- The cases of a draft that is under review, approved or over are part of what was judged.
create function keep_draft_case() returns trigger
language plpgsql as $$
declare
  judged text;
begin
  select d.state into judged from ruleset_draft d
  where d.tenant_id = coalesce(new.tenant_id, old.tenant_id) and d.id = coalesce(new.draft_id, old.draft_id);
  if judged not in ('draft', 'sentBack') then
    raise exception 'the cases of a draft that is % do not change', judged using errcode = 'restrict_violation';
  end if;
  return coalesce(new, old);
end
$$;
create trigger kept before insert or update or delete on draft_case for each row execute function keep_draft_case();
