-- Of the rows that a cycle and an import write by the million, none is checked for its tenant: each check locks the tenant's one row.
-- The tenant of such a row is that of its file or cycle, which is checked.

alter table usage_key drop constraint usage_key_tenant_id_fkey;
alter table usage_record drop constraint usage_record_tenant_id_fkey;
alter table bill drop constraint bill_tenant_id_fkey;
alter table bill_line drop constraint bill_line_tenant_id_fkey;
alter table billing_state drop constraint billing_state_tenant_id_fkey;
alter table customer_word drop constraint customer_word_tenant_id_fkey;
