-- Who there is: squads, officers, devices and who had which device when; who may log in and what was done and seen.
create extension if not exists btree_gist;

create table squad (
    id bigint generated always as identity primary key,
    name text not null unique check (length(name) between 1 and 100),
    version int not null default 1
);

create table officer (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 100),
    number text not null unique check (length(number) between 1 and 40),
    squad_id bigint not null references squad,
    version int not null default 1
);
create index officer_squad on officer (squad_id);
comment on column officer.number is 'service number printed on the badge';

create table device (
    no int generated always as identity primary key,
    id text not null unique check (length(id) between 1 and 120),
    name text not null check (length(name) between 1 and 100),
    kind text not null,
    protocol text not null,
    protocol_id text not null,
    squad_id bigint references squad,
    datum text not null default 'WGS84',
    code_hash bytea,
    registration jsonb,
    created_at timestamptz not null default now(),
    last_seen timestamptz,
    online boolean not null default false,
    version int not null default 1,
    unique (protocol, protocol_id)
);
comment on column device.no is 'internal number, first part of a position''s identity; never reused';
comment on column device.protocol_id is 'JT/T 808 phone without leading zeros, MQTT topic id, GB/T 28181 20-digit code';
comment on column device.code_hash is 'SHA-256 of the authorisation code or MQTT secret; the code itself is not kept';
comment on column device.datum is 'datum the device reports in; positions are stored in WGS-84';

create table custody (
    id bigint generated always as identity primary key,
    device_no int not null references device,
    officer_id bigint not null references officer,
    held tstzrange not null,
    version int not null default 1,
    exclude using gist (device_no with =, held with &&)
);
create index custody_officer on custody using gist (officer_id, held);
comment on table custody is 'who had which device from when to when; one holder at a time';

create table app_user (
    id bigint generated always as identity primary key,
    username text not null unique check (username ~ '^[a-z0-9][a-z0-9._-]{1,62}$'),
    display_name text not null check (length(display_name) between 1 and 100),
    password_hash text not null,
    roles text[] not null,
    officer_id bigint references officer,
    must_change_password boolean not null default false,
    disabled boolean not null default false,
    failed_logins int not null default 0,
    locked_until timestamptz,
    created_at timestamptz not null default now(),
    version int not null default 1
);
comment on column app_user.password_hash is 'Argon2id, PHC string';

create table user_squad (
    user_id bigint not null references app_user on delete cascade,
    squad_id bigint not null references squad on delete cascade,
    primary key (user_id, squad_id)
);
comment on table user_squad is 'squads a user may see; none means the whole district for roles of the bureau';

create table access_token (
    id bigint generated always as identity primary key,
    user_id bigint not null references app_user on delete cascade,
    name text not null check (length(name) between 1 and 100),
    token_hash bytea not null unique,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    last_used timestamptz
);
comment on column access_token.token_hash is 'SHA-256 of the bearer token, which is shown once';

create table audit_log (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    username text not null,
    action text not null,
    subject text not null,
    subject_id text,
    before jsonb,
    after jsonb,
    address text
);
create index audit_log_at on audit_log (at desc, id desc);
comment on table audit_log is 'every change: who, when, what, from where; rows are only ever added';

create table view_log (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    username text not null,
    purpose text not null,
    kind text not null,
    subject_id text not null,
    subject_name text,
    range_from timestamptz,
    range_to timestamptz,
    address text
);
create index view_log_at on view_log (at desc, id desc);
create index view_log_subject on view_log (kind, subject_id, at desc);
comment on table view_log is 'who looked at which person''s or camera''s data and why; rows are only ever added';

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% only takes new rows', tg_table_name;
end
$$;
create trigger audit_log_append_only before update or delete or truncate on audit_log execute function refuse_change();
create trigger view_log_append_only before update or delete or truncate on view_log execute function refuse_change();
