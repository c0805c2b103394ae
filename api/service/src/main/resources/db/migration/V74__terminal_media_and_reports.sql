-- What vehicle terminals send besides positions.
create table device_media (
    id bigint generated always as identity primary key,
    device_no int not null references device,
    media_id bigint not null check (media_id between 0 and 4294967295),
    type smallint not null,
    format smallint not null,
    event smallint not null,
    channel smallint not null,
    fix_time timestamptz,
    longitude double precision,
    latitude double precision,
    evidence text references evidence (sha256),
    media_type text,
    as_stated boolean,
    received_at timestamptz not null,
    check ((evidence is null) = (media_type is null) and (evidence is null) = (as_stated is null))
);
create unique index device_media_content on device_media (device_no, media_id, evidence) where evidence is not null;
create index device_media_time on device_media (device_no, received_at, id);
create index device_media_evidence on device_media (evidence);
comment on table device_media is 'photographs, sound and video of terminals (JT/T 808 0x0801); without evidence, one that the terminal only told of (0x0800)';
comment on column device_media.media_id is 'the terminal''s own number, not unique over time';
comment on column device_media.type is '0 image, 1 sound, 2 video';
comment on column device_media.format is 'as the terminal says: 0 JPEG, 1 TIF, 2 MP3, 3 WAV, 4 WMV';
comment on column device_media.event is '0 ordered, 1 timer, 2 robbery, 3 collision or rollover, 4 door opened, 5 door closed, 6 door closed and above 20 km/h, 7 distance';
comment on column device_media.longitude is 'degrees, WGS-84; null when there was no valid fix';
comment on column device_media.media_type is 'found by the first bytes of the file';
comment on column device_media.as_stated is 'whether the file is what the terminal says it is';

create table device_report (
    id bigint generated always as identity primary key,
    device_no int not null references device,
    message_id int not null,
    v2019 boolean not null,
    received_at timestamptz not null,
    body bytea not null
);
create index device_report_time on device_report (device_no, received_at, id);
comment on table device_report is 'messages of terminals that are kept as facts, newest up to a bound; decoded when read';
comment on column device_report.message_id is 'of JT/T 808: 0x0108, 0x0301 to 0x0303, 0x0700 to 0x0702, 0x0705, 0x0900';
comment on column device_report.body is 'without header and checksum';

-- A code that was replaced stays good for a while: the answer with the new one may have been lost.
alter table device
    add column code_at timestamptz,
    add column old_code_hash bytea,
    add column old_code_until timestamptz;
update device set code_at = now() where code_hash is not null;
comment on column device.code_at is 'when code_hash was set';
comment on column device.old_code_hash is 'SHA-256 of the code before';
