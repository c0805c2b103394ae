-- Body cameras: what each said last, the hours in which a squad's must record, and marks that hold recordings.
create table device_state (
    device_no int primary key references device,
    battery int check (battery between 0 and 100),
    battery_at timestamptz,
    storage_free bigint check (storage_free >= 0),
    storage_total bigint check (storage_total >= 0),
    storage_at timestamptz,
    clock_offset_ms bigint,
    clock_at timestamptz,
    recording boolean,
    recording_at timestamptz
);
comment on table device_state is 'what a device said last of each of its facts over MQTT, and when that came; follows from device_status and device_recording';
comment on column device_state.battery is 'percent';
comment on column device_state.storage_free is 'bytes';
comment on column device_state.storage_total is 'bytes';
comment on column device_state.clock_offset_ms is 'its clock less ours';
comment on column device_state.recording_at is 'since when it has said so: of a recording its beginning or its end';

insert into device_state (device_no, battery, battery_at, storage_free, storage_total, storage_at, clock_offset_ms,
    clock_at, recording, recording_at)
select d.device_no, b.battery, b.at, s.storage_free, s.storage_total, s.at, c.clock_offset_ms, c.at, r.recording, r.at
from (select distinct device_no from device_status union select distinct device_no from device_recording) d
    left join lateral (select battery, at from device_status where device_no = d.device_no and battery is not null
        order by at desc limit 1) b on true
    left join lateral (select storage_free, storage_total, at from device_status
        where device_no = d.device_no and storage_free is not null order by at desc limit 1) s on true
    left join lateral (select clock_offset_ms, at from device_status
        where device_no = d.device_no and clock_offset_ms is not null order by at desc limit 1) c on true
    left join lateral (select ends is null as recording, coalesce(ends, starts) as at from device_recording
        where device_no = d.device_no order by starts desc limit 1) r on true;

create table duty_recording_rule (
    id bigint generated always as identity primary key,
    squad_id bigint not null references squad,
    valid_from timestamptz not null,
    valid_to timestamptz,
    reason text not null check (length(reason) between 1 and 500),
    made_by text not null,
    ended_by text,
    ended_why text check (length(ended_why) between 1 and 500),
    version int not null default 1,
    check (valid_from <= valid_to),
    check ((valid_to is null) = (ended_by is null) and (valid_to is null) = (ended_why is null)),
    exclude using gist (squad_id with =, tstzrange(valid_from, valid_to) with &&)
);
comment on table duty_recording_rule is '勤务时段应录: from when to when all duty hours of a squad''s officers who hold a body camera had to be recorded; none unless somebody switches it on';

-- As of a stage, one recording suffices: required of the camera that made it, where none did of the one that was held first.
create function duty_camera(from_time timestamptz, until_time timestamptz, of_stream bigint default null)
returns table (stream_id bigint, due tstzmultirange) language sql stable as $$
    with span as (
        select u.id as duty, u.officer_id, tstzrange(u.starts, u.ends) * tstzrange(r.valid_from, r.valid_to) as span
        from duty_recording_rule r join officer o on o.squad_id = r.squad_id
            join duty u on u.officer_id = o.id and not u.cancelled
        where r.valid_from < until_time and (r.valid_to is null or r.valid_to > from_time)
            and u.starts < until_time and u.ends > from_time
            and tstzrange(u.starts, u.ends) && tstzrange(r.valid_from, r.valid_to)
            and (of_stream is null or exists (
                select from stream t join custody c on c.device_no = t.device_no and c.officer_id = u.officer_id
                where t.id = of_stream and c.held && tstzrange(u.starts, u.ends)))
    ), camera as (
        select s.duty, t.id as stream, t.retired, min(lower(c.held)) as since, range_agg(c.held * s.span) as held
        from span s join custody c on c.officer_id = s.officer_id and c.held && s.span
            join device d on d.no = c.device_no and d.kind = 'body-camera'
            join stream t on t.device_no = d.no
        group by s.duty, t.id, t.retired
    ), filled as (
        select c.*, c.held * coalesce((select range_agg(tstzrange(r.starts, r.ends)) from recording_run r
            where r.stream_id = c.stream and r.starts < upper(c.held) and r.ends > lower(c.held)), '{}') as recorded
        from camera c
    ), ranked as (
        select f.*, coalesce(range_agg(f.held) over earlier, '{}') as held_before,
            coalesce(range_agg(f.recorded) over earlier, '{}') as recorded_before,
            range_agg(f.recorded) over (partition by f.duty) as recorded_by_any
        from filled f
        window earlier as (partition by f.duty order by f.retired, f.since, f.stream
            rows between unbounded preceding and 1 preceding)
    )
    select stream, (recorded - recorded_before) + (held - held_before - recorded_by_any) from ranked
$$;
comment on function duty_camera is 'what duty_recording_rule requires of body cameras: duty hours of those who held them, never of those who held none';

create unique index recording_hold_important on recording_hold (stream_id, starts, ends) where source = 'important';
insert into recording_hold (stream_id, starts, ends, reason, source, made_by, made_at)
select distinct on (stream_id, starts, ends) stream_id, starts, ends, 'IMP: ' || name, 'important', brought_by, now()
from upload where important and state = 'arrived' and starts < ends
order by stream_id, starts, ends, id;
