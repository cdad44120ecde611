-- The list of bills, the latest period first, reads the page that it shows and no more.

create index bill_by_period on bill (tenant_id, period_start desc, account_id, id);
