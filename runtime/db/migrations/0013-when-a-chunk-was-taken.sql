-- Since when a chunk has been computed, so that the cockpit can say how long each one took.

alter table chunk add column claimed_at timestamptz;
