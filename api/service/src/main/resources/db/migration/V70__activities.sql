-- Enforcement activities and their stages, what proves that a stage was recorded, and reports of a period.
create table activity_kind (
    code text primary key check (code ~ '^[a-z][a-z-]{1,39}$'),
    zh text not null,
    en text not null,
    position int not null,
    preset boolean not null
);
comment on table activity_kind is '执法活动类别';
comment on column activity_kind.preset is 'came with the service as a sample: a bureau''s own list goes before it';

create table activity_stage_preset (
    kind text not null references activity_kind,
    position int not null,
    zh text not null,
    en text not null,
    recording text not null check (recording in ('always', 'as-required')),
    basis text not null,
    primary key (kind, position),
    unique (kind, zh)
);
comment on table activity_stage_preset is '环节: what an activity of a kind usually consists of; a form begins with these';
comment on column activity_stage_preset.recording is 'always 应当全程音像记录, as-required 根据实际情况音像记录';
comment on column activity_stage_preset.basis is 'the rule that says so';

insert into activity_kind (code, zh, en, position, preset) values
    ('on-site-inspection', '现场检查', 'on-site inspection', 1, true),
    ('document-service', '法律文书送达', 'service of documents', 2, true),
    ('lien-service', '留置送达', 'service by leaving', 3, true),
    ('announcement-service', '公告送达', 'service by announcement', 4, true),
    ('evidence-preservation', '证据先行登记保存', 'registered preservation of evidence', 5, true),
    ('seizure', '查封扣押（暂扣物品）', 'sealing and seizing', 6, true),
    ('compulsory-measure', '行政强制现场', 'compulsory enforcement on site', 7, true),
    ('inquiry', '询问', 'inquiry', 8, true),
    ('hearing', '听证', 'hearing', 9, true),
    ('other', '其他', 'other', 10, true);
insert into activity_stage_preset (kind, position, zh, en, recording, basis) values
    ('on-site-inspection', 1, '表明身份、告知', 'showing certificates, telling rights', 'as-required', '国办发〔2018〕118号：现场执法根据实际情况进行音像记录'),
    ('on-site-inspection', 2, '现场检查', 'inspection', 'as-required', '国办发〔2018〕118号：现场执法根据实际情况进行音像记录'),
    ('on-site-inspection', 3, '调查取证', 'taking evidence', 'as-required', '国办发〔2018〕118号：调查取证根据实际情况进行音像记录'),
    ('document-service', 1, '文书送达', 'handing over', 'as-required', '国办发〔2018〕118号：现场执法根据实际情况进行音像记录'),
    ('lien-service', 1, '说明情况', 'explaining', 'as-required', '国办发〔2018〕118号：留置送达根据实际情况进行音像记录'),
    ('lien-service', 2, '留置文书', 'leaving the document', 'as-required', '国办发〔2018〕118号：留置送达根据实际情况进行音像记录'),
    ('announcement-service', 1, '张贴公告', 'posting the announcement', 'as-required', '国办发〔2018〕118号：公告送达根据实际情况进行音像记录'),
    ('evidence-preservation', 1, '告知', 'telling rights', 'as-required', '国办发〔2018〕118号：调查取证根据实际情况进行音像记录'),
    ('evidence-preservation', 2, '清点登记', 'counting and registering', 'as-required', '国办发〔2018〕118号：调查取证根据实际情况进行音像记录'),
    ('evidence-preservation', 3, '保存', 'preservation', 'as-required', '国办发〔2018〕118号：调查取证根据实际情况进行音像记录'),
    ('seizure', 1, '告知', 'telling rights', 'always', '国办发〔2018〕118号：查封扣押财产全程音像记录'),
    ('seizure', 2, '清点', 'counting', 'always', '国办发〔2018〕118号：查封扣押财产全程音像记录'),
    ('seizure', 3, '查封扣押', 'sealing and seizing', 'always', '国办发〔2018〕118号：查封扣押财产全程音像记录'),
    ('compulsory-measure', 1, '告知', 'telling rights', 'always', '国办发〔2018〕118号：直接涉及重大财产权益的现场执法活动全程音像记录'),
    ('compulsory-measure', 2, '强制实施', 'the measure', 'always', '国办发〔2018〕118号：直接涉及重大财产权益的现场执法活动全程音像记录'),
    ('compulsory-measure', 3, '清点交付', 'counting and handing over', 'always', '国办发〔2018〕118号：直接涉及重大财产权益的现场执法活动全程音像记录'),
    ('inquiry', 1, '询问（办案场所）', 'inquiry in a case-handling place', 'always', '国办发〔2018〕118号：执法办案场所全程音像记录'),
    ('hearing', 1, '听证', 'hearing', 'as-required', '国办发〔2018〕118号：举行听证根据实际情况进行音像记录'),
    ('other', 1, '现场执法', 'on site', 'as-required', '国办发〔2018〕118号：现场执法根据实际情况进行音像记录');

create table activity (
    id bigint generated always as identity primary key,
    squad_id bigint not null references squad,
    kind text not null references activity_kind,
    title text not null check (length(title) between 1 and 200),
    place text check (length(place) between 1 and 200),
    case_no text check (length(case_no) between 1 and 100),
    source text not null check (source in ('manual', 'csv', 'api')),
    external_id text check (length(external_id) between 1 and 100),
    starts timestamptz not null,
    ends timestamptz not null,
    retired boolean not null default false,
    made_by text not null,
    made_at timestamptz not null,
    version int not null default 1,
    check (starts < ends),
    check ((source = 'manual') = (external_id is null)),
    unique (source, external_id)
);
create index activity_squad on activity (squad_id, starts);
comment on table activity is '执法活动: an enforcement action whose stages are to be recorded';
comment on column activity.case_no is 'of the case system';
comment on column activity.external_id is 'by which the sender knows it, unique for each source';
comment on column activity.retired is 'entered by mistake: counts nowhere';

create table activity_officer (
    activity_id bigint not null references activity,
    officer_id bigint not null references officer,
    position int not null,
    primary key (activity_id, officer_id)
);
create index activity_officer_officer on activity_officer (officer_id);
comment on column activity_officer.position is 'from 1; who is named first is asked first for a recording';

create table activity_stage (
    id bigint generated always as identity primary key,
    activity_id bigint not null references activity,
    position int not null,
    name text not null check (length(name) between 1 and 100),
    starts timestamptz not null,
    ends timestamptz not null,
    must_record boolean not null,
    match text not null default 'open' check (match in ('open', 'matched', 'unrecorded')),
    version int not null default 1,
    check (starts < ends)
);
create index activity_stage_activity on activity_stage (activity_id, position);
create index activity_stage_time on activity_stage (starts, ends);
comment on table activity_stage is '环节: a part of an activity';
comment on column activity_stage.match is 'open 待关联: recordings are proposed; matched: some were accepted; unrecorded: the squad said that there is none';

create table stage_recording (
    stage_id bigint not null references activity_stage,
    stream_id bigint not null references stream,
    starts timestamptz not null,
    ends timestamptz not null,
    accepted_by text not null,
    accepted_at timestamptz not null,
    primary key (stage_id, stream_id, starts),
    check (starts < ends)
);
create index stage_recording_stream on stage_recording (stream_id);
comment on table stage_recording is 'recordings that a person accepted as a stage''s proof';

create table activity_event (
    id bigint generated always as identity primary key,
    activity_id bigint not null references activity,
    stage_name text,
    at timestamptz not null default clock_timestamp(),
    username text not null,
    action text not null,
    reason text,
    note text,
    to_state text not null
);
create index activity_event_activity on activity_event (activity_id, id);
comment on table activity_event is 'each change of an activity or of the match of a stage; rows are only ever added';
create trigger activity_event_append_only before update or delete or truncate on activity_event
    execute function refuse_change();

create function micros_of(times tstzmultirange) returns bigint language sql immutable as $$
    select coalesce(sum((extract(epoch from upper(stretch) - lower(stretch)) * 1000000)::bigint), 0)::bigint
    from unnest(times) stretch
$$;
comment on function micros_of is 'length of all stretches together, microseconds';

-- One recording of a stage suffices. It is required of the camera that made it; where none did, of the camera of the
-- officer who is named first and held one; where a recording of another camera was accepted, of nobody.
create function stage_camera(from_time timestamptz, until_time timestamptz, of_stream bigint default null)
returns table (stage_id bigint, stream_id bigint, held tstzmultirange, recorded tstzmultirange, due tstzmultirange)
language sql stable as $$
    with stage as (
        select s.id, s.activity_id, s.must_record, tstzrange(s.starts, s.ends) as span
        from activity_stage s join activity a on a.id = s.activity_id
        where not a.retired and s.starts < until_time and s.ends > from_time
            and (of_stream is null or exists (
                select from stream t join custody c on c.device_no = t.device_no
                    join activity_officer o on o.officer_id = c.officer_id and o.activity_id = a.id
                where t.id = of_stream and c.held && tstzrange(s.starts, s.ends)))
    ), camera as (
        select s.id as stage, t.id as stream, s.must_record, t.retired, min(o.position) as position,
            range_agg(c.held * s.span) as held
        from stage s join activity_officer o on o.activity_id = s.activity_id
            join custody c on c.officer_id = o.officer_id and c.held && s.span
            join device d on d.no = c.device_no and d.kind = 'body-camera'
            join stream t on t.device_no = d.no
        group by s.id, t.id, s.must_record, t.retired
    ), filled as (
        select c.*, c.held * coalesce((select range_agg(tstzrange(r.starts, r.ends)) from recording_run r
            where r.stream_id = c.stream and r.starts < upper(c.held) and r.ends > lower(c.held)), '{}') as recorded
        from camera c
    ), ranked as (
        select f.*, coalesce(range_agg(f.held) over earlier, '{}') as held_before,
            coalesce(range_agg(f.recorded) over earlier, '{}') as recorded_before,
            range_agg(f.recorded) over (partition by f.stage) as recorded_by_any,
            coalesce((select range_agg(tstzrange(p.starts, p.ends)) from stage_recording p
                where p.stage_id = f.stage), '{}') as proof
        from filled f
        window earlier as (partition by f.stage order by f.retired, f.position, f.stream
            rows between unbounded preceding and 1 preceding)
    )
    select stage, stream, held, recorded,
        case when must_record
            then (recorded - recorded_before) + (held - held_before - recorded_by_any - proof)
            else '{}' end
    from ranked
$$;
comment on function stage_camera is 'body cameras that officers of an activity held during its stages: while held, recorded, and what of it was required';

create table record_report (
    id bigint generated always as identity primary key,
    period_from timestamptz not null,
    period_to timestamptz not null,
    squads bigint[],
    made_by text not null,
    made_at timestamptz not null,
    figures jsonb not null,
    pdf text not null references evidence,
    check (period_from < period_to)
);
comment on table record_report is '记录核查报告: what was true of a period when it was made; never changed';
comment on column record_report.squads is 'that it is about; null for the whole district';
create trigger record_report_append_only before update or delete or truncate on record_report
    execute function refuse_change();
