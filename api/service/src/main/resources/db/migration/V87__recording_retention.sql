-- How long recordings are kept, what is held longer, and what retention has deleted of them.
create table retention_class (
    code text primary key check (code in ('camera', 'body-camera', 'mobile')),
    days int not null check (days between 30 and 3650),
    changed_by text,
    changed_at timestamptz,
    version int not null default 1
);
comment on table retention_class is '录像保存期限: days for which recordings of a class of devices are kept';
comment on column retention_class.code is 'camera 监控、布控球, body-camera 执法记录仪, mobile 车载终端、无人机';
comment on column retention_class.days is 'at least 30 by 公共安全视频图像信息系统管理条例 art. 17';
insert into retention_class (code, days) values ('camera', 30), ('body-camera', 180), ('mobile', 30);

create function retention_class_of(kind text) returns text language sql immutable as $$
    select case
        when kind in ('body-camera', 'handset', 'collection-station') then 'body-camera'
        when kind in ('vehicle-terminal', 'drone') then 'mobile'
        else 'camera' end
$$;
comment on function retention_class_of is 'class of a device''s recordings by its kind; a stream without a device is a camera''s';

create table stream_retention (
    stream_id bigint primary key references stream,
    days int check (days between 30 and 3650),
    reason text check (length(reason) between 1 and 500),
    changed_by text not null,
    changed_at timestamptz not null,
    version int not null default 1,
    check ((days is null) = (reason is null))
);
comment on table stream_retention is 'streams that are kept for other days than their class; days null: as its class again';

create view recording_keep as
    select s.id as stream_id, s.name, s.squad_id, c.code as class, coalesce(r.days, c.days) as days, r.days as own_days
    from stream s left join device d on d.no = s.device_no
        join retention_class c on c.code = retention_class_of(d.kind)
        left join stream_retention r on r.stream_id = s.id;
comment on view recording_keep is 'for how many days each stream''s recordings are kept';

create table recording_hold (
    id bigint generated always as identity primary key,
    stream_id bigint not null references stream,
    starts timestamptz not null,
    ends timestamptz not null,
    reason text not null check (length(reason) between 1 and 500),
    source text not null check (source in ('manual', 'important')),
    made_by text not null,
    made_at timestamptz not null,
    released_by text,
    released_at timestamptz,
    released_why text check (length(released_why) between 1 and 500),
    version int not null default 1,
    check (starts < ends),
    check ((released_at is null) = (released_by is null) and (released_at is null) = (released_why is null))
);
create index recording_hold_open on recording_hold (stream_id, starts) where released_at is null;
comment on table recording_hold is '留存: recordings that are not deleted until somebody releases them';
comment on column recording_hold.source is 'manual: a person; important: the recording was marked so where it was made (重点文件)';

-- The one place that says what is held; each way of holding is one part of it.
create view recording_held as
    select stream_id, starts, ends, source, id as hold_id, null::bigint as subject_id
    from recording_hold where released_at is null
    union all
    select p.stream_id, p.starts, p.ends, 'stage-match', null, s.activity_id
    from stage_recording p join activity_stage s on s.id = p.stage_id join activity a on a.id = s.activity_id
    where not a.retired
    union all
    select a.stream_id, a.since - interval '5 minutes', a.since + interval '10 minutes', 'finding', null, l.id
    from supervision_lead l join alert a on a.id = l.alert_id
    where a.stream_id is not null and l.state <> 'dropped';
comment on view recording_held is 'stretches that retention does not touch: holds, recordings accepted for stages, what supervision leads were made of';
comment on column recording_held.subject_id is 'activity of a stage-match, supervision lead of a finding';

create table recording_deletion (
    stream_id bigint not null references stream,
    number bigint not null,
    at timestamptz not null,
    part text not null check (part in ('pictures', 'sidecars')),
    first bigint not null,
    last bigint not null,
    segments bigint not null,
    bytes bigint not null,
    starts timestamptz not null,
    ends timestamptz not null,
    reason text not null check (reason in ('age', 'disk')),
    days int not null,
    document text not null,
    primary key (stream_id, number)
);
create index recording_deletion_time on recording_deletion (stream_id, starts) where part = 'pictures';
create index recording_deletion_at on recording_deletion (at);
create trigger recording_deletion_append_only before update or delete or truncate on recording_deletion
    execute function refuse_change();
comment on table recording_deletion is 'what retention deleted: an index of the ledgers on the disk, and their copy in a backup';
comment on column recording_deletion.first is 'sequence of the first segment; all up to last went';
comment on column recording_deletion.days is 'age that they had passed';
comment on column recording_deletion.document is 'the signed line of the ledger (JSON)';

create table day_root_range (
    stream_id bigint not null,
    first bigint not null,
    last bigint not null,
    absent bigint not null,
    day date not null,
    swept boolean not null default false,
    primary key (stream_id, first)
);
create index day_root_range_last on day_root_range (stream_id, last);
create index day_root_range_unswept on day_root_range (day) where not swept;
comment on table day_root_range is 'which segments of a stream a day root covers: an index of the roots';
comment on column day_root_range.absent is 'sequences among them that had no sidecar when the root was made';
comment on column day_root_range.swept is 'whether sidecars and rows of all of them were deleted';

create table day_root_ranged (
    day date primary key
);
comment on table day_root_ranged is 'day roots that day_root_range knows';

create index segment_standing on segment (stream_id, starts) where state <> 'deleted';
create index segment_deleted on segment (stream_id, sequence) where state = 'deleted';
