-- Addresses of streams without their secrets; from when to when a requirement holds; alerts that still stand.
alter table stream add column source_sealed bytea;
comment on column stream.source_url is 'where it is fetched from, its secrets left out; as it is given out';
comment on column stream.source_sealed is 'the same whole, where it has secrets: AES-256-GCM by a key in FARWATCH_HOME';

alter table requirement add column made timestamptz not null default clock_timestamp();
alter table requirement add column valid_from timestamptz;
alter table requirement add column valid_to timestamptz;
update requirement r set made = coalesce(
    (select min(at) from audit_log
     where subject = 'requirement' and action = 'create' and subject_id = r.id::text),
    (select created_at from stream s where s.id = r.stream_id));
update requirement set valid_from = made where days is not null;
-- What was taken back until now was never required.
update requirement set valid_to = coalesce(valid_from, starts) where retired;
update requirement r set valid_to = greatest(r.valid_from, coalesce(
    (select max(at) from audit_log
     where subject = 'stream' and action = 'retire' and subject_id = r.stream_id::text), now()))
from stream s where s.id = r.stream_id and s.retired and not r.retired;
alter table requirement drop column retired;
alter table requirement add check (days is null or valid_from is not null);
alter table requirement add check (valid_from <= valid_to);
create index requirement_stream on requirement (stream_id);
comment on column requirement.made is 'when somebody entered it';
comment on column requirement.valid_from is 'hours of weekdays count from here on; null for a stretch of time';
comment on column requirement.valid_to is 'it counts until here; null while it holds';

create index alert_standing on alert (code) where overtaken_at is null;
