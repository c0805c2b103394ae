-- What cameras' pictures are like when all is well, and from when to when they were not.
create table camera_watch (
    stream_id bigint primary key references stream,
    version int not null default 1,
    learned_by text,
    learned_at timestamptz
);
comment on table camera_watch is 'one row for each camera that was told to learn its view again; its version names what is learned since';

create table camera_reference (
    stream_id bigint not null references stream,
    light text not null check (light in ('day', 'night')),
    version int not null,
    grey bytea not null check (length(grey) = 57600),
    samples int not null,
    sharpness double precision not null,
    floor double precision,
    rate double precision,
    steady double precision not null,
    saved_at timestamptz not null,
    primary key (stream_id, light)
);
comment on table camera_reference is 'the mean of a camera''s pictures by one light, and what else is usual for it';
comment on column camera_reference.version is 'of camera_watch when it was learned; 1 where that has no row';
comment on column camera_reference.grey is '320 x 180 luminances, row after row';
comment on column camera_reference.floor is 'difference of two pictures, 0 to 255, below which few lie';
comment on column camera_reference.rate is 'pictures a second';
comment on column camera_reference.steady is 'share of the structure that is usually found again, 0 to 1';

create table camera_fault (
    id bigint generated always as identity primary key,
    stream_id bigint not null references stream,
    kind text not null check (kind in ('black', 'frozen', 'covered', 'blurred', 'moved', 'slow')),
    starts timestamptz not null,
    ends timestamptz,
    relearned_by text,
    alert_id bigint references alert,
    told boolean not null default false,
    check (ends is null or ends >= starts)
);
create unique index camera_fault_open on camera_fault (stream_id, kind) where ends is null;
create index camera_fault_stream on camera_fault (stream_id, starts desc);
create index camera_fault_untold on camera_fault (id) where not told;
comment on column camera_fault.starts is 'first bad picture';
comment on column camera_fault.ends is 'first good picture after it; null while it lasts';
comment on column camera_fault.relearned_by is 'who had the view learned again, which ended it';
comment on column camera_fault.told is 'its alert says that it is over, or there is none';
