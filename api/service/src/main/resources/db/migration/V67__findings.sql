-- Working days, supervision leads, findings with their closing, and the documents made of them.
create table calendar_day (
    day date primary key,
    working boolean not null,
    note text not null,
    changed_by text,
    version int not null default 1
);
comment on table calendar_day is 'days that are not as their day of the week says: holidays, and weekends worked instead (调休)';

-- As announced by the General Office of the State Council for 2025 and 2026; an administrator enters the years that follow.
insert into calendar_day (day, working, note)
select day::date, working, note
from (values
    (date '2025-01-01', date '2025-01-01', false, '元旦'),
    (date '2025-01-26', date '2025-01-26', true, '春节调休上班'),
    (date '2025-01-28', date '2025-02-04', false, '春节'),
    (date '2025-02-08', date '2025-02-08', true, '春节调休上班'),
    (date '2025-04-04', date '2025-04-06', false, '清明节'),
    (date '2025-04-27', date '2025-04-27', true, '劳动节调休上班'),
    (date '2025-05-01', date '2025-05-05', false, '劳动节'),
    (date '2025-05-31', date '2025-06-02', false, '端午节'),
    (date '2025-09-28', date '2025-09-28', true, '国庆节调休上班'),
    (date '2025-10-01', date '2025-10-05', false, '国庆节'),
    (date '2025-10-06', date '2025-10-06', false, '中秋节'),
    (date '2025-10-07', date '2025-10-08', false, '国庆节'),
    (date '2025-10-11', date '2025-10-11', true, '国庆节调休上班'),
    (date '2026-01-01', date '2026-01-03', false, '元旦'),
    (date '2026-01-04', date '2026-01-04', true, '元旦调休上班'),
    (date '2026-02-14', date '2026-02-14', true, '春节调休上班'),
    (date '2026-02-15', date '2026-02-23', false, '春节'),
    (date '2026-02-28', date '2026-02-28', true, '春节调休上班'),
    (date '2026-04-04', date '2026-04-06', false, '清明节'),
    (date '2026-05-01', date '2026-05-05', false, '劳动节'),
    (date '2026-05-09', date '2026-05-09', true, '劳动节调休上班'),
    (date '2026-06-19', date '2026-06-21', false, '端午节'),
    (date '2026-09-20', date '2026-09-20', true, '国庆节调休上班'),
    (date '2026-09-25', date '2026-09-27', false, '中秋节'),
    (date '2026-10-01', date '2026-10-07', false, '国庆节'),
    (date '2026-10-10', date '2026-10-10', true, '国庆节调休上班')
) announced (first, last, working, note), generate_series(first, last, interval '1 day') day;

create table supervision_lead (
    id bigint generated always as identity primary key,
    squad_id bigint not null references squad,
    officer_id bigint references officer,
    alert_id bigint unique references alert,
    what text not null check (length(what) between 1 and 2000),
    state text not null check (state in ('new', 'noticed', 'dropped')),
    made_by bigint not null references app_user,
    made_at timestamptz not null default clock_timestamp(),
    version int not null default 1
);
create index supervision_lead_state on supervision_lead (state, id desc);
comment on table supervision_lead is '督察线索: something about staff or a unit; no finding before they were heard';
comment on column supervision_lead.alert_id is 'the alert that it was made of, null when an inspector made it by hand';

create table supervision_lead_event (
    id bigint generated always as identity primary key,
    lead_id bigint not null references supervision_lead,
    at timestamptz not null default clock_timestamp(),
    username text not null,
    action text not null,
    reason text,
    note text,
    to_state text not null
);
create index supervision_lead_event_lead on supervision_lead_event (lead_id, id);
create trigger supervision_lead_event_append_only before update or delete or truncate on supervision_lead_event
    execute function refuse_change();

create table finding_file (
    lead_id bigint not null references supervision_lead,
    sha256 text not null references evidence,
    name text not null check (length(name) between 1 and 200),
    added_by text not null,
    added_at timestamptz not null default clock_timestamp(),
    primary key (lead_id, sha256)
);
comment on table finding_file is 'evidence of a lead and of the finding that it became, from either side; rows are only ever added';
create trigger finding_file_append_only before update or delete or truncate on finding_file
    execute function refuse_change();

create table finding (
    id bigint generated always as identity primary key,
    lead_id bigint not null unique references supervision_lead,
    squad_id bigint not null references squad,
    officer_id bigint references officer,
    class text not null check (class in ('ordinary', 'serious', 'supervised')),
    fact text not null check (length(fact) between 1 and 2000),
    rule text not null check (length(rule) between 1 and 500),
    state text not null check (state in ('noticed', 'explained', 'withdrawn', 'confirmed', 'in-review', 'upheld',
        'overturned', 'rectified', 'rechecked', 'closed')),
    issued_by bigint not null references app_user,
    issued_at timestamptz not null,
    explain_days int not null,
    explain_until timestamptz not null,
    decided_by bigint references app_user,
    decided_at timestamptz,
    review_until timestamptz,
    review_requested boolean not null default false,
    reviewed_by bigint references app_user,
    version int not null default 1
);
create index finding_squad on finding (squad_id, id desc);
create index finding_officer on finding (officer_id, id desc) where officer_id is not null;
create index finding_decided on finding (decided_at) where decided_at is not null;
comment on table finding is '督察问题: noticed, explained, decided by another, reviewed by a third, rectified, rechecked, closed';
comment on column finding.class is 'ordinary 一般, serious 严重, supervised 督办: what closing it asks for';
comment on column finding.explain_days is 'working days that the notice gave';
comment on column finding.explain_until is 'end of the last of them';
comment on column finding.decided_by is 'who found the explanation to hold or confirmed the finding';
comment on column finding.review_until is 'end of the last working day on which a review may be asked for';

create table finding_event (
    id bigint generated always as identity primary key,
    finding_id bigint not null references finding,
    at timestamptz not null default clock_timestamp(),
    user_id bigint not null references app_user,
    username text not null,
    action text not null,
    reason text,
    note text,
    proof text,
    files text[] not null default '{}',
    to_state text not null
);
create index finding_event_finding on finding_event (finding_id, id);
comment on column finding_event.proof is 'what shows that it was rectified, in words';
comment on column finding_event.files is 'SHA-256 of what was put beside it, of finding_file';
create trigger finding_event_append_only before update or delete or truncate on finding_event
    execute function refuse_change();

create table finding_element (
    finding_id bigint not null references finding,
    element text not null check (element in ('cause-analysis', 'group-discussion', 'work-action', 'effect', 'proof',
        'closure-form')),
    note text,
    files text[] not null default '{}',
    primary key (finding_id, element),
    check (length(note) > 0 or array_length(files, 1) > 0)
);
comment on table finding_element is 'what a finding was closed with, of 六个有';

create table explanation_reason (
    code text primary key check (code ~ '^[a-z][a-z-]{1,39}$'),
    zh text not null,
    en text not null,
    position int not null
);
comment on table explanation_reason is 'what a squad or officer may say to a notice';
insert into explanation_reason (code, zh, en, position) values
    ('ordered-elsewhere', '奉命执行其他任务', 'on other duty by order', 1),
    ('device-fault', '设备故障', 'device fault', 2),
    ('roster-wrong', '排班有误', 'roster wrong', 3),
    ('rest-permitted', '按规定轮休', 'rest break permitted', 4),
    ('facts-disputed', '对事实有异议', 'disagrees on the facts', 5),
    ('accepted', '对事实无异议', 'does not dispute the facts', 6),
    ('other', '其他（请说明）', 'other (say which)', 7);

create table document_template (
    id bigint generated always as identity primary key,
    kind text not null,
    file text not null references evidence,
    at timestamptz not null default clock_timestamp(),
    username text not null
);
comment on table document_template is 'templates of the bureau''s own, the newest of a kind is used; without one the one that comes with the service';
create trigger document_template_append_only before update or delete or truncate on document_template
    execute function refuse_change();

create table document_number (
    kind text not null,
    year int not null,
    last int not null check (last > 0),
    primary key (kind, year)
);
comment on table document_number is 'the last number given; its row is locked until the document is committed, so that none is left out';

create table document (
    id bigint generated always as identity primary key,
    kind text not null,
    year int not null,
    number int not null,
    finding_id bigint not null references finding,
    squad_id bigint not null references squad,
    officer_id bigint references officer,
    docx text not null references evidence,
    pdf text not null references evidence,
    issued_by text not null,
    issued_at timestamptz not null,
    served_to text,
    served_at timestamptz,
    answered_by text,
    answered_at timestamptz,
    version int not null default 1,
    unique (kind, year, number)
);
create index document_finding on document (finding_id);
comment on table document is '督察文书: issued, served 送达, answered';
comment on column document.year is 'of the number, in the time zone of the bureau (Asia/Shanghai)';

create table document_event (
    id bigint generated always as identity primary key,
    document_id bigint not null references document,
    at timestamptz not null default clock_timestamp(),
    username text not null,
    action text not null,
    reason text,
    note text,
    to_state text not null
);
create index document_event_document on document_event (document_id, id);
create trigger document_event_append_only before update or delete or truncate on document_event
    execute function refuse_change();
