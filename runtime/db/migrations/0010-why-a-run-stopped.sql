-- Why a run ended before its end: a code and its values, as said to the operator. Null while it goes on, and when it was stopped on purpose.

alter table cycle_run add column failure jsonb;
