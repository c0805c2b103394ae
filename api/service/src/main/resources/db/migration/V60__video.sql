-- Streams of pictures, and when they had none.
create table stream (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 100),
    device_no int references device,
    channel_id text,
    squad_id bigint references squad,
    source_url text,
    record boolean not null default false,
    longitude double precision,
    latitude double precision,
    heading real,
    field_of_view real,
    created_at timestamptz not null default clock_timestamp(),
    retired boolean not null default false,
    version int not null default 1,
    check ((longitude is null) = (latitude is null))
);
comment on table stream is 'a live channel of a device';
comment on column stream.source_url is 'where it is fetched from, with user and password; never given out whole';
comment on column stream.record is 'whether what it shows is recorded';
comment on column stream.longitude is 'of the camera, degrees, WGS-84';
comment on column stream.latitude is 'of the camera, degrees, WGS-84';
comment on column stream.heading is 'of the middle of the picture, degrees clockwise from north';
comment on column stream.field_of_view is 'degrees from the left edge of the picture to the right one';

create table stream_interruption (
    id bigint generated always as identity primary key,
    stream_id bigint not null references stream,
    origin text not null check (origin in ('source', 'recorder')),
    starts timestamptz not null,
    ends timestamptz,
    cause text not null,
    detail text,
    check (ends is null or starts <= ends)
);
create unique index stream_interruption_open on stream_interruption (stream_id, origin) where ends is null;
create index stream_interruption_time on stream_interruption (stream_id, starts);
comment on table stream_interruption is 'a stretch of time without pictures, and why; open while it lasts';
comment on column stream_interruption.origin is 'source: no pictures came; recorder: they came and could not be written';

create table segment (
    stream_id bigint not null references stream,
    sequence bigint not null,
    run bigint not null,
    starts timestamptz not null,
    ends timestamptz not null,
    bytes bigint not null,
    init_bytes int not null,
    frames int not null,
    mime text not null,
    width int not null,
    height int not null,
    sha256 text not null,
    chain text not null,
    state text not null check (state in ('closed', 'recovered', 'deleted')),
    primary key (stream_id, sequence)
);
create index segment_time on segment (stream_id, starts);
comment on table segment is 'a recorded file; an index of the sidecars on the disk, which are the truth';
comment on column segment.run is 'of the contiguous recording it belongs to: its start in milliseconds since 1970';
comment on column segment.init_bytes is 'length of the header in front of the fragments';
comment on column segment.chain is 'SHA-256 over the chain value before and this segment''s facts';

create table recording_run (
    stream_id bigint not null references stream,
    run bigint not null,
    starts timestamptz not null,
    ends timestamptz not null,
    primary key (stream_id, run),
    check (starts <= ends)
);
create index recording_run_time on recording_run (stream_id, starts, ends);
comment on table recording_run is 'contiguous recording without a gap; what coverage is computed from';

create table service_run (
    id bigint generated always as identity primary key,
    started timestamptz not null,
    alive timestamptz not null
);
comment on table service_run is 'when the service ran: what lies between two rows is time in which it was down';
comment on column service_run.alive is 'last moment at which it is known to have run, written every few seconds';

create table requirement (
    id bigint generated always as identity primary key,
    stream_id bigint not null references stream,
    source text not null check (source in ('camera-hours', 'manual')),
    starts timestamptz,
    ends timestamptz,
    days int[],
    from_time time,
    to_time time,
    retired boolean not null default false,
    version int not null default 1,
    check ((starts is not null and ends is not null and starts < ends and days is null)
        or (days is not null and from_time is not null and to_time is not null and starts is null))
);
comment on table requirement is 'what had to be recorded: either one stretch of time, or hours of weekdays';
comment on column requirement.days is '1 Monday to 7 Sunday, in the time zone of the bureau (Asia/Shanghai)';
comment on column requirement.to_time is 'before from_time: on the next day';
