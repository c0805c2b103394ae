-- GB/T 28181: what its devices are, and their channels.
create table gb28181_device (
    device_no int primary key references device,
    password bytea,
    media_transport text check (media_transport in ('udp', 'tcp-passive', 'tcp-active')),
    manufacturer text,
    model text,
    firmware text,
    catalogue_at timestamptz,
    catalogue_whole boolean,
    version int not null default 1
);
comment on table gb28181_device is 'what a device of GB/T 28181 has beside what all devices have';
comment on column gb28181_device.password is 'its own, sealed with a key of the home folder; null: the common one';
comment on column gb28181_device.media_transport is 'how it is to send pictures; null: as the setting says';
comment on column gb28181_device.catalogue_whole is 'whether the last catalogue had as many items as it announced';

create table gb28181_channel (
    device_no int not null references device,
    code text not null check (length(code) between 1 and 255),
    name text not null,
    manufacturer text not null,
    model text not null,
    address text not null,
    parent text not null,
    business_group text not null,
    region text not null,
    kind text not null check (kind in ('camera', 'group', 'other')),
    online boolean,
    ptz int not null,
    longitude double precision,
    latitude double precision,
    listed boolean not null default true,
    stream_id bigint references stream,
    home_preset int check (home_preset between 1 and 255),
    version int not null default 1,
    primary key (device_no, code)
);
create index gb28181_channel_stream on gb28181_channel (stream_id) where stream_id is not null;
comment on table gb28181_channel is 'items of the catalogues of devices; codes are unique within a device only';
comment on column gb28181_channel.listed is 'whether it is in the last whole catalogue and was not taken out since';
comment on column gb28181_channel.ptz is '0 unknown, 1 dome, 2 half dome, 3 fixed, 4 fixed with remote control';
comment on column gb28181_channel.longitude is 'degrees, WGS-84';
comment on column gb28181_channel.latitude is 'degrees, WGS-84';
comment on column gb28181_channel.home_preset is 'where the camera returns to when nobody moves it any more';
