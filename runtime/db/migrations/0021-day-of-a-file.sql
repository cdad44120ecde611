-- The day in the middle of the use that a file tells of: the day to which its lines count. Null where no line could be read.

alter table usage_file add column used_on date;

-- Of the files that are in already, of every tenant: for this once their owner sees the rows.
alter table usage_file no force row level security;
alter table usage_record no force row level security;
with day as (select tenant_id, file_id, started_at::date as day, count(*) as records from usage_record group by 1, 2, 3),
     running as (select *, sum(records) over (partition by tenant_id, file_id order by day) as through,
                        sum(records) over (partition by tenant_id, file_id) as total
                 from day),
     middle as (select tenant_id, file_id, min(day) as day from running where 2 * through >= total group by 1, 2)
update usage_file file set used_on = middle.day
from middle where middle.tenant_id = file.tenant_id and middle.file_id = file.id;
alter table usage_file force row level security;
alter table usage_record force row level security;
