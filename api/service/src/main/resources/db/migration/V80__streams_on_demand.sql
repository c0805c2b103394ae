alter table stream add column fetched text not null default 'always' check (fetched in ('always', 'on-demand'));
comment on column stream.fetched is 'on-demand: only while it is recorded, watched or looked at by a zone';
create unique index stream_source on stream (source_url)
    where not retired and (source_url like 'gb28181:%' or source_url like 'jt1078:%');
