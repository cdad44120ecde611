-- How customers are found while somebody is on the telephone, and what a closed cycle came to, by charge.
-- Row-level security keeps LIKE and lower() from using an index: words are stored as they are searched for, by ^@ in collation "C".

-- Text as it is searched for: half-width as full-width kana, full-width as half-width letters, hiragana as katakana, small letters.
-- `searchable` in runtime/customers/searchable.ts says the same.
create function searchable(said text) returns text
language sql immutable strict parallel safe as $$
  select translate(lower(normalize(said, nfkc)),
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖ',
    'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ')
$$;

-- What a name is found by: each of its parts, the whole without its spaces, and of a firm both without its legal form.
create function words_of_name(name text) returns setof text
language sql immutable strict parallel safe as $$
  with spelt as (
    select searchable(name) as said
    union select regexp_replace(searchable(name), '(株式|有限|合同|合資|合名)会社|\([株有同]\)|カブシキガイシャ|ユウゲンガイシャ|ゴウドウガイシャ', ' ', 'g')
  )
  select left(word, 200) from spelt, lateral (
    select unnest(regexp_split_to_array(said, '[\s・]+')) union select regexp_replace(said, '[\s・]+', '', 'g')
  ) as parts (word)
  where word <> ''
$$;

-- What a number is found by: as it stands, and its last digits with and without the zeros before them ('c-000123', '000123', '123').
create function words_of_number(number text) returns setof text
language sql immutable strict parallel safe as $$
  with tail as (select substring(number from '[0-9]+$') as digits)
  select left(word, 200) from tail, unnest(array[searchable(number), digits, ltrim(digits, '0')]) word where word <> ''
$$;

create table customer_word (
  tenant_id integer not null references tenant (id),
  word text collate "C" not null,
  shard smallint not null,
  customer_id text not null,
  primary key (tenant_id, word, shard, customer_id)
);
create index customer_word_by_customer on customer_word (shard, tenant_id, customer_id);
call secure_by_tenant('customer_word');
grant select, insert, delete on customer_word to kanade_app, kanade_cycle;

-- Whoever writes customers and accounts, by COPY or one by one, has them found.
create function note_customer_words() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from customer_word w using written c
    where w.shard = c.shard and w.tenant_id = c.tenant_id and w.customer_id = c.id;
    insert into customer_word (tenant_id, word, shard, customer_id)
    select a.tenant_id, word, a.shard, a.customer_id
    from written c
    join billing_account a on a.shard = c.shard and a.tenant_id = c.tenant_id and a.customer_id = c.id,
      lateral words_of_number(a.id) word
    on conflict do nothing;
  end if;
  insert into customer_word (tenant_id, word, shard, customer_id)
  select c.tenant_id, word, c.shard, c.id
  from written c, lateral (
    select words_of_number(c.id) union select words_of_name(c.name) union select words_of_name(c.kana)
  ) as words (word)
  on conflict do nothing;
  return null;
end
$$;
create trigger words_of_new after insert on customer referencing new table as written
  for each statement execute function note_customer_words();
create trigger words_of_changed after update on customer referencing new table as written
  for each statement execute function note_customer_words();

create function note_account_words() returns trigger
language plpgsql as $$
begin
  insert into customer_word (tenant_id, word, shard, customer_id)
  select a.tenant_id, word, a.shard, a.customer_id from written a, lateral words_of_number(a.id) word
  on conflict do nothing;
  return null;
end
$$;
create trigger words_of_new after insert on billing_account referencing new table as written
  for each statement execute function note_account_words();

create index customer_by_id on customer (tenant_id, id);
create index customer_by_kana on customer (tenant_id, kana collate "C", id);
create index billing_account_by_customer on billing_account (shard, tenant_id, customer_id);
create index product_identifier_by_digits on product_identifier (tenant_id, identifier collate "C");
create index bill_document_by_number on bill_document (tenant_id, number collate "C");

-- What a cycle came to, put down when it is closed: no page adds up a year of lines.
create table cycle_total (
  tenant_id integer not null,
  cycle_id uuid not null,
  currency text not null,
  bills integer not null,
  customers integer not null,
  net_minor numeric(38, 0) not null,
  tax_minor numeric(38, 0) not null,
  total_minor numeric(38, 0) not null,
  primary key (tenant_id, cycle_id),
  foreign key (tenant_id, cycle_id) references cycle (tenant_id, id)
);

create table cycle_charge (
  tenant_id integer not null,
  cycle_id uuid not null,
  phase text not null,
  ruleset text not null,
  version integer not null,
  charge text not null,
  lines integer not null,
  amount_minor numeric(38, 0) not null,
  primary key (tenant_id, cycle_id, phase, ruleset, version, charge),
  foreign key (tenant_id, cycle_id) references cycle (tenant_id, id)
);

do $$
declare
  figures text;
begin
  foreach figures in array array['cycle_total', 'cycle_charge'] loop
    call secure_by_tenant(figures::regclass);
    execute format('create trigger closed_insert after insert on %I referencing new table as changed
                      for each statement execute function refuse_closed_cycle()', figures);
    execute format('create trigger written_once before update or delete or truncate on %I
                      for each statement execute function refuse_change()', figures);
  end loop;
end
$$;
grant select on cycle_total, cycle_charge to kanade_app;
grant select, insert on cycle_total, cycle_charge to kanade_cycle;

create index usage_reject_open on usage_reject (tenant_id) where state = 'open';
