-- Figures of each device and local day, read from its positions, and which days have to be read.
create table device_day_mark (
    device_no int not null,
    day date not null,
    marked_at timestamptz not null,
    primary key (device_no, day)
) with (fillfactor = 70);
comment on table device_day_mark is 'days on which a device has positions; written in the transaction that stores them, at most once in ten minutes for a device and day';
comment on column device_day_mark.day is 'in the time zone of the bureau';
comment on column device_day_mark.marked_at is 'positions of this day may have come until ten minutes after this';

create table device_day (
    device_no int not null,
    day date not null,
    read_at timestamptz not null,
    rules text not null,
    points int not null,
    metres double precision not null,
    source text not null check (source in ('mileage', 'track')),
    track_metres double precision not null,
    online_seconds int not null,
    moving_seconds int not null,
    gap_from timestamptz,
    gap_to timestamptz,
    primary key (device_no, day)
);
create index device_day_day on device_day (day);
comment on table device_day is 'what the positions of a device and day say; outlives them';
comment on column device_day.read_at is 'when the positions were read; compared with device_day_mark.marked_at';
comment on column device_day.rules is 'thresholds that they were read by: stop metres, stop seconds, gap seconds';
comment on column device_day.metres is 'metres travelled, by source';
comment on column device_day.source is 'mileage: the odometer of the device, which agrees with its track; track: its positions';
comment on column device_day.track_metres is 'metres travelled, by its positions';
comment on column device_day.online_seconds is 'seconds between positions without a gap';
comment on column device_day.moving_seconds is 'seconds on trips';
comment on column device_day.gap_from is 'start of the longest gap';

-- What is stored already is to be read.
insert into device_day_mark (device_no, day, marked_at)
select d.no, day::date, now()
from device d, generate_series(now() - interval '401 days', now() + interval '2 days', interval '1 day') day
where exists (
    select from position p
    where p.device_no = d.no and p.fix_time >= day::date::timestamp at time zone 'Asia/Shanghai'
        and p.fix_time < (day::date + 1)::timestamp at time zone 'Asia/Shanghai');
