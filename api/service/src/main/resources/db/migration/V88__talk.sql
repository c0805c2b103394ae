-- What people say to loudspeakers (对讲, 喊话), and the announcements that are said to them.
create table announcement (
    id bigint generated always as identity primary key,
    name text not null unique check (length(name) between 1 and 60),
    sound bytea not null check (length(sound) between 1 and 2400000),
    made_by text not null,
    made_at timestamptz not null,
    version int not null default 1
);
comment on table announcement is '喊话录音: what can be said to loudspeakers by itself';
comment on column announcement.sound is 'G.711 A-law, 8,000 samples a second, one channel, a byte each';

create table shout (
    id bigint generated always as identity primary key,
    batch bigint not null,
    stream_id bigint not null references stream,
    username text not null,
    display_name text not null,
    kind text not null check (kind in ('talk', 'live', 'announcement')),
    announcement text check ((kind = 'announcement') = (announcement is not null)),
    times int check ((kind = 'announcement') = (times is not null)),
    purpose text not null,
    alert_id bigint references alert,
    at timestamptz not null
);
create index shout_at on shout (at desc, id desc);
create index shout_stream on shout (stream_id, at desc);
create index shout_batch on shout (batch);
create index shout_alert on shout (alert_id) where alert_id is not null;
comment on table shout is 'each call of a loudspeaker, written before it is called: who, which one, why';
comment on column shout.batch is 'id of the first one of those that were called together';
comment on column shout.kind is 'talk: to one by microphone, live: to several by microphone, announcement: a recording';
comment on column shout.announcement is 'name that it had';
comment on column shout.alert_id is 'what it was made for, null when it was made for no alert';

create table shout_outcome (
    shout_id bigint primary key references shout,
    outcome text not null check (outcome in ('done', 'cancelled', 'in-use', 'refused', 'no-answer', 'taken-over', 'too-long',
        'hung-up', 'silent', 'access-ended', 'stopped')),
    reason text,
    opened_at timestamptz,
    ended_at timestamptz not null,
    millis int not null check (millis >= 0),
    lost int not null check (lost >= 0)
);
comment on table shout_outcome is 'what became of a call of a loudspeaker; a shout without a row was under way when the service died';
comment on column shout_outcome.reason is 'in the words of the device or of whoever ended it';
comment on column shout_outcome.opened_at is 'when the device took sound, null when it never did';
comment on column shout_outcome.millis is 'of sound that was sent';
comment on column shout_outcome.lost is 'pieces of 20 ms that came too late or that the way to the device had no room for';

create trigger shout_append_only before update or delete or truncate on shout execute function refuse_change();
create trigger shout_outcome_append_only before update or delete or truncate on shout_outcome
    execute function refuse_change();
