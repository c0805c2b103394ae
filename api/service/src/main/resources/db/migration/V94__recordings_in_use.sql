create table recording_lease (
    id bigint primary key generated always as identity,
    stream_id bigint not null references stream,
    starts timestamptz not null,
    ends timestamptz not null,
    expires timestamptz not null,
    check (starts < ends)
);
comment on table recording_lease is 'stretches that are being taken out: retention does not touch them until they are given back or expire';
comment on column recording_lease.expires is 'moved on while files are written; a service that died gives nothing back';

create table recording_undeleted (
    file text primary key,
    since timestamptz not null,
    reason text not null
);
comment on table recording_undeleted is 'files that a ledger says are deleted and that the disk would not let go; tried again at each pass of retention';
comment on column recording_undeleted.file is 'below the folder of the recordings';
