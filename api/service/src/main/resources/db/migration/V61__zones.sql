-- Parts of cameras' pictures that are watched, and what an alert of a picture needs.
create table zone (
    id bigint generated always as identity primary key,
    stream_id bigint not null references stream,
    name text not null check (length(name) between 1 and 100),
    polygon jsonb not null,
    rule text not null,
    dwell_seconds double precision not null check (dwell_seconds between 1 and 86400),
    days int[],
    from_time time,
    to_time time,
    state text not null check (state in ('trial', 'live', 'retired')),
    version int not null default 1,
    check ((days is null) = (from_time is null) and (days is null) = (to_time is null))
);
create index zone_stream on zone (stream_id);
comment on table zone is 'a polygon in a camera''s picture with a rule; what satisfies it long enough is a lead';
comment on column zone.polygon is '[[x, y], ...] in widths and heights of the picture, 0 to 1';
comment on column zone.days is '1 Monday to 7 Sunday, in the time zone of the bureau (Asia/Shanghai); null: always';
comment on column zone.to_time is 'not after from_time: on the next day';
comment on column zone.state is 'trial: its leads go to who reviews them, not to the feed';

alter table alert add column stream_id bigint references stream;
alter table alert add column zone_id bigint references zone;
alter table alert add column box double precision[] check (array_length(box, 1) = 4);
alter table alert add column snapshot text references evidence;
alter table alert add column before text references evidence;
alter table alert add column clip text references evidence;
create index alert_stream on alert (stream_id, raised_at desc) where stream_id is not null;
create index alert_zone on alert (zone_id) where zone_id is not null;
create index alert_snapshot on alert (snapshot) where snapshot is not null;
create index alert_before on alert (before) where before is not null;
create index alert_clip on alert (clip) where clip is not null;
comment on column alert.box is 'where in the picture: left, upper edge, width, height in 0 to 1';
comment on column alert.snapshot is 'the picture at which it was raised, zone and thing outlined';
comment on column alert.before is 'the same view before it began';
comment on column alert.clip is 'the pictures around the moment at which it was raised';
