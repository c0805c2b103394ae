-- Where somebody must be and when; what was raised and who decided.
create table post (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 100),
    squad_id bigint references squad,
    geometry jsonb not null,
    attributes jsonb not null default '{}',
    retired boolean not null default false,
    version int not null default 1
);
comment on column post.geometry is 'GeoJSON Polygon or MultiPolygon, WGS-84';
comment on column post.attributes is 'properties of the imported feature, kept for export';

create table duty (
    id bigint generated always as identity primary key,
    officer_id bigint references officer,
    device_no int references device,
    post_id bigint not null references post,
    starts timestamptz not null,
    ends timestamptz not null,
    cancelled boolean not null default false,
    version int not null default 1,
    check (officer_id is not null or device_no is not null),
    check (starts < ends and ends - starts <= interval '48 hours')
);
create index duty_time on duty (starts, ends);
create index duty_officer on duty (officer_id, starts);
comment on table duty is 'roster entry: an officer, or a vehicle by its device, at a post';

create table alert (
    id bigint generated always as identity primary key,
    kind text not null,
    code text not null,
    state text not null check (state in ('new', 'confirmed', 'dismissed', 'closed')),
    severity text not null check (severity in ('info', 'warning', 'critical')),
    raised_at timestamptz not null,
    since timestamptz not null,
    dedupe text not null unique,
    title text not null,
    arguments jsonb not null default '{}',
    squad_id bigint references squad,
    officer_id bigint references officer,
    device_no int references device,
    duty_id bigint references duty,
    post_id bigint references post,
    longitude double precision,
    latitude double precision,
    trial boolean not null default false,
    overtaken_at timestamptz,
    overtaken_text text,
    version int not null default 1
);
create index alert_raised on alert (raised_at desc, id desc);
create index alert_state on alert (state, raised_at desc);
create index alert_duty on alert (duty_id) where duty_id is not null;
comment on column alert.since is 'when what it is about began';
comment on column alert.dedupe is 'what it is about, so that it is raised once';
comment on column alert.overtaken_at is 'when data that arrived late showed otherwise; the alert stays and says so';

create table alert_event (
    id bigint generated always as identity primary key,
    alert_id bigint not null references alert,
    at timestamptz not null default clock_timestamp(),
    username text not null,
    action text not null,
    reason text,
    note text,
    to_state text not null
);
create index alert_event_alert on alert_event (alert_id, id);
comment on table alert_event is 'each change of an alert: who, when, why; rows are only ever added';
create trigger alert_event_append_only before update or delete or truncate on alert_event execute function refuse_change();
