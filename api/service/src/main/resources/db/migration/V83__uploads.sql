-- Recordings that devices made by themselves and that a station, a folder or a person brings; what body cameras say of
-- themselves meanwhile.
create table upload (
    id text primary key check (id ~ '^[0-9a-f]{32}$'),
    source text not null check (source in ('http', 'folder')),
    brought_by text not null,
    user_id bigint references app_user,
    origin text unique,
    name text not null check (length(name) between 1 and 200),
    length bigint not null check (length > 0),
    told jsonb not null,
    state text not null check (state in
        ('open', 'waiting', 'storing', 'arrived', 'duplicate', 'refused', 'discarded', 'expired')),
    fault text,
    reason text,
    made_at timestamptz not null,
    touched_at timestamptz not null,
    received_at timestamptz,
    sha256 text,
    device_no int references device,
    squad_id bigint references squad,
    officer_id bigint references officer,
    stream_id bigint references stream,
    starts timestamptz,
    ends timestamptz,
    device_start timestamptz,
    clock_offset_ms bigint,
    late boolean not null default false,
    important boolean not null default false,
    first_sequence bigint,
    last_sequence bigint,
    left_out_sound text,
    same_as text references upload,
    staged boolean not null default true,
    version int not null default 1,
    check ((state = 'refused') <= (fault is not null)),
    check ((state = 'arrived') <= (stream_id is not null and starts is not null and last_sequence is not null))
);
create unique index upload_original on upload (sha256) where state in ('storing', 'arrived');
create index upload_state on upload (state, touched_at);
create index upload_made on upload (made_at, id);
create index upload_device on upload (device_no, starts);
comment on table upload is 'a recording that was brought: by tus over HTTP, or in a watched folder';
comment on column upload.brought_by is 'user name, or path of the watched folder';
comment on column upload.origin is 'of a file in a watched folder: its path, time of change and length, by which it is known again';
comment on column upload.told is 'device, officer, start and the like as the sender or a person said; what its name says stands in the name';
comment on column upload.state is 'open: not whole yet; waiting: to be looked at; storing: checked, being put into the chain; duplicate: came before';
comment on column upload.device_start is 'its beginning by the device''s clock; starts is by ours';
comment on column upload.clock_offset_ms is 'by which the device''s clock was ahead';
comment on column upload.late is 'it came later than farwatch.uploads.late after its end';
comment on column upload.same_as is 'the upload that brought the same bytes first';
comment on column upload.staged is 'whether its file is still on the disk';

create table device_status (
    device_no int not null references device,
    at timestamptz not null,
    battery int check (battery between 0 and 100),
    storage_free bigint check (storage_free >= 0),
    storage_total bigint check (storage_total >= 0),
    clock_offset_ms bigint,
    recording boolean
);
create index device_status_device on device_status (device_no, at desc);
create index device_status_at on device_status (at);
comment on table device_status is 'what a device said of itself over MQTT, by the time at which it came';
comment on column device_status.battery is 'percent';
comment on column device_status.storage_free is 'bytes';
comment on column device_status.clock_offset_ms is 'its clock less ours';

create table device_recording (
    device_no int not null references device,
    starts timestamptz not null,
    ends timestamptz,
    uploaded_at timestamptz,
    primary key (device_no, starts),
    check (ends is null or starts <= ends)
);
create index device_recording_starts on device_recording (starts);
comment on table device_recording is 'that a device recorded, as it said over MQTT, by our clock; open while ends is null';
comment on column device_recording.uploaded_at is 'when it or its station said that it was handed over';

create table device_link (
    device_no int not null references device,
    starts timestamptz not null,
    ends timestamptz,
    primary key (device_no, starts),
    check (ends is null or starts <= ends)
);
create index device_link_starts on device_link (starts);
comment on table device_link is 'when a body camera was connected over MQTT; open while ends is null';

-- What a body camera said of a time in which nothing of it is recorded here, each instant under its first cause.
create function device_cause(of_stream bigint, from_time timestamptz, until_time timestamptz)
returns table (cause text, times tstzmultirange) language sql stable as $$
    with camera as (
        select d.no from stream s join device d on d.no = s.device_no where s.id = of_stream and d.kind = 'body-camera'
    ), reading as (
        select at, clock_offset_ms as offset_ms, lag(at) over (order by at) as before_at,
            lag(clock_offset_ms) over (order by at) as before_ms
        from device_status where device_no = (select no from camera) and clock_offset_ms is not null
            and at >= from_time - interval '1 day' and at <= until_time + interval '1 day'
    ), link as (
        select starts, coalesce(ends, 'infinity') as ends from device_link where device_no = (select no from camera)
    ), linked as (
        select coalesce(range_agg(tstzrange(starts, ends)), '{}') as times from link
            where starts < until_time and ends > from_time
    ), raw (rank, cause, times) as (
        select 1, 'upload-pending', coalesce(range_agg(tstzrange(starts, coalesce(ends, until_time))
                * tstzrange(from_time, until_time)), '{}')
            from device_recording where device_no = (select no from camera) and uploaded_at is null
                and starts < until_time and (ends is null or ends > from_time)
        union all
        select 2, 'clock-jump', coalesce(range_agg(tstzrange(before_at, at)), '{}') from reading
            where abs(offset_ms - before_ms) > 60000
        union all
        select 3, 'device-offline', case when exists (select from link) then
            (select coalesce(range_agg(tstzrange(from_time, until_time) * tstzrange(first, null)), '{}')
                from (select min(starts) as first from link) known) - (select times from linked) else '{}' end
        union all
        select 4, 'not-started', (select times from linked) * coalesce((select range_agg(held) from custody
            where device_no = (select no from camera) and held && tstzrange(from_time, until_time)), '{}')
    )
    select r.cause, r.times - coalesce((select range_agg(b.times) from raw b where b.rank < r.rank), '{}')
    from raw r where exists (select from camera) order by r.rank
$$;
comment on function device_cause is 'upload-pending, clock-jump, device-offline, not-started: by what a body camera said of itself';
