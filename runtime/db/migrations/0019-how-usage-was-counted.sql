-- How the usage of a chunk's groups was counted: while it was read, or by the whole document; in whole numbers, or in fractions.
-- Null where a chunk was computed before this was noted.

alter table chunk
  add column counted_ahead integer,
  add column counted_whole integer,
  add column counts_in_numbers bigint,
  add column counts_in_fractions bigint;
alter table cycle_run
  add column counted_ahead integer,
  add column counted_whole integer,
  add column counts_in_numbers bigint,
  add column counts_in_fractions bigint;
