-- Whether a zone's leads are true enough for the feed is judged by what people decide of them.
alter table zone add column judged_from timestamptz not null default now();
comment on column zone.judged_from is 'when polygon, rule, dwell or state last changed: leads raised before it say nothing of the zone as it is';
