-- What was agreed or charged by hand is withdrawn as it was granted: asked for by one person, decided by another.

alter table concession drop constraint concession_kind_check;
alter table concession add constraint concession_kind_check check (kind in ('agreement', 'adjustment', 'withdrawal'));
