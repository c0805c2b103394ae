-- JT/T 809: platforms that log in here, and links on which we log in at a city platform.
create table lower_platform (
    id bigint generated always as identity primary key,
    name text not null,
    access_code bigint not null unique check (access_code between 1 and 4294967295),
    user_id bigint not null check (user_id between 0 and 4294967295),
    password_hash text not null,
    cipher_sealed bytea,
    edition text not null check (edition in ('2011', '2019')),
    address text,
    creates_vehicles boolean not null,
    datum text not null,
    squad_id bigint references squad (id),
    enabled boolean not null default true,
    version int not null default 1
);
comment on column lower_platform.access_code is '下级平台接入码, in the header of each of its messages';
comment on column lower_platform.password_hash is 'Argon2id, PHC string';
comment on column lower_platform.cipher_sealed is 'M1, IA1, IC1: AES-256-GCM, key in FARWATCH_HOME/keys; null when bodies are not encrypted';
comment on column lower_platform.address is 'numeric address that it must come from, null for any';
comment on column lower_platform.squad_id is 'of vehicles that it brings';

create table upward_link (
    id bigint generated always as identity primary key,
    name text not null,
    host text not null,
    port int not null check (port between 1 and 65535),
    access_code bigint not null check (access_code between 1 and 4294967295),
    user_id bigint not null check (user_id between 0 and 4294967295),
    secret_sealed bytea not null,
    edition text not null check (edition in ('2011', '2019')),
    down_address text not null default '',
    down_port int not null default 0 check (down_port between 0 and 65535),
    enabled boolean not null default true,
    dropped bigint not null default 0,
    version int not null default 1
);
comment on column upward_link.secret_sealed is 'password and M1, IA1, IC1: AES-256-GCM, key in FARWATCH_HOME/keys';
comment on column upward_link.down_address is 'told to the city platform for its slave link, empty for none';
comment on column upward_link.dropped is 'positions that waited longer than the queue holds and were given up';
create unique index upward_link_down_port on upward_link (down_port) where down_port <> 0;

create table upward_link_device (
    link_id bigint not null references upward_link (id) on delete cascade,
    device_no int not null references device (no),
    primary key (link_id, device_no)
);

create table upward_link_squad (
    link_id bigint not null references upward_link (id) on delete cascade,
    squad_id bigint not null references squad (id),
    primary key (link_id, squad_id)
);

-- Written in the transaction that stores a position, deleted when the city platform has read it: what stands here is what
-- is still to be sent, whichever writer committed when. No foreign key, so that a link deleted meanwhile cannot fail the
-- storing of positions.
create table upward_queue (
    id bigint generated always as identity primary key,
    link_id bigint not null,
    device_no int not null,
    fix_time timestamptz not null,
    body_hash bigint not null,
    queued_at timestamptz not null default now()
);
create index upward_queue_link on upward_queue (link_id, id);
comment on table upward_queue is 'positions that a city platform has not read yet; never of a person off duty, whose positions are sealed elsewhere';
