-- Positions and what became of those that could not be placed. Identity: (device_no, fix_time, body_hash).
create table position (
    device_no int not null,
    fix_time timestamptz not null,
    body_hash bigint not null,
    receive_time timestamptz not null,
    longitude double precision,
    latitude double precision,
    altitude real,
    speed real,
    heading real,
    accuracy real,
    alarms int not null,
    status int not null,
    flags int not null,
    items bytea,
    primary key (device_no, fix_time, body_hash)
) partition by range (fix_time);
comment on column position.body_hash is '64-bit hash of the fixed part of the message; tells two reports of one second apart';
comment on column position.longitude is 'degrees, WGS-84';
comment on column position.latitude is 'degrees, WGS-84';
comment on column position.altitude is 'metres';
comment on column position.speed is 'km/h';
comment on column position.heading is 'degrees clockwise from north';
comment on column position.accuracy is 'metres, one sigma, when the device says';
comment on column position.alarms is 'JT/T 808 alarm bits';
comment on column position.status is 'JT/T 808 status bits';
comment on column position.flags is 'bits of org.farwatch.geo.PositionFlag';
comment on column position.items is 'additional items as sent, id length value';

do $$
begin
    -- Hypertable and native partitions tie in write speed; the hypertable brings compression and aggregates.
    if exists (select from pg_available_extensions where name = 'timescaledb')
       and current_setting('timescaledb.license', true) = 'timescale' then
        create extension if not exists timescaledb;
        create table position_plain (like position including all);
        drop table position;
        alter table position_plain rename to position;
        perform create_hypertable('position', 'fix_time', chunk_time_interval => interval '1 day',
                                  create_default_indexes => false);
    end if;
end
$$;

create table position_suspect (
    device_no int not null,
    fix_time timestamptz not null,
    body_hash bigint not null,
    receive_time timestamptz not null,
    longitude double precision,
    latitude double precision,
    altitude real,
    speed real,
    heading real,
    accuracy real,
    alarms int not null,
    status int not null,
    flags int not null,
    items bytea,
    primary key (device_no, fix_time, body_hash)
);
create index position_suspect_receive on position_suspect (device_no, receive_time);
comment on table position_suspect is 'fix time more than 400 days back or a day ahead, or none: kept, moving nothing';

create table position_sealed (
    device_no int not null,
    fix_time timestamptz not null,
    body_hash bigint not null,
    receive_time timestamptz not null,
    officer_id bigint not null,
    sealed bytea not null,
    destroy_after timestamptz not null,
    primary key (device_no, fix_time, body_hash)
);
create index position_sealed_destroy on position_sealed (destroy_after);
create index position_sealed_officer on position_sealed (officer_id, fix_time);
comment on table position_sealed is 'positions of persons off duty: AES-256-GCM, no API reads them, destroyed after the sealing time unless a roster entered late covers them';

create table position_destroyed (
    day date primary key,
    positions bigint not null
);
comment on table position_destroyed is 'how many sealed positions were destroyed, by day of destruction';

create table position_refused (
    id bigint generated always as identity primary key,
    device_no int not null,
    receive_time timestamptz not null,
    reason text not null,
    content jsonb not null
);
comment on table position_refused is 'rows that the database would not take, with its reason';

create table undecoded (
    id bigint generated always as identity primary key,
    protocol text not null,
    origin text not null,
    at timestamptz not null,
    reason text not null,
    raw bytea not null
);
create index undecoded_at on undecoded (at);
comment on table undecoded is 'messages nobody could decode, newest kept up to a bound';
