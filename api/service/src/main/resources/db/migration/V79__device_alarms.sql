-- Alarms that devices report (JT/T 808 alarm bits): each time one is on, and what is made of it.
create table device_alarm_rule (
    alarm text primary key,
    title text not null,
    severity text check (severity in ('info', 'warning', 'critical')),
    hold_seconds int not null default 0 check (hold_seconds between 0 and 3600),
    rejoin_seconds int not null default 300 check (rejoin_seconds between 0 and 86400),
    version int not null default 1,
    changed_by text,
    changed_at timestamptz
);
comment on table device_alarm_rule is 'which alarm of a device becomes an alert';
comment on column device_alarm_rule.severity is 'of the alert; null raises none';
comment on column device_alarm_rule.hold_seconds is 'how long it must be on before the alert is raised';
comment on column device_alarm_rule.rejoin_seconds is 'on again so soon after it went off, it is the same';

insert into device_alarm_rule (alarm, title, severity, hold_seconds, rejoin_seconds) values
    ('sos', '紧急报警', 'critical', 0, 0),
    ('overspeed', '超速', 'warning', 10, 300),
    ('fatigue-driving', '疲劳驾驶', 'warning', 0, 600),
    ('dangerous-driving', '危险驾驶行为', 'warning', 0, 300),
    ('gnss-fault', '定位模块故障', 'warning', 60, 1800),
    ('gnss-antenna-open', '定位天线断开', 'warning', 60, 1800),
    ('gnss-antenna-short', '定位天线短路', 'warning', 60, 1800),
    ('power-low', '主电源欠压', 'warning', 60, 1800),
    ('power-lost', '主电源掉电', 'warning', 30, 1800),
    ('display-fault', '显示屏故障', null, 60, 1800),
    ('tts-fault', '语音播报故障', null, 60, 1800),
    ('camera-fault', '摄像头故障', 'warning', 60, 1800),
    ('ic-card-fault', '道路运输证读卡故障', null, 60, 1800),
    ('overspeed-warning', '超速预警', null, 0, 300),
    ('fatigue-warning', '疲劳驾驶预警', null, 0, 600),
    ('forbidden-period', '违规时段行驶', null, 0, 1800),
    ('tyre-pressure-warning', '胎压预警', null, 60, 1800),
    ('right-turn-blind-zone', '右转盲区异常', null, 0, 300),
    ('day-driving-exceeded', '当日累计驾驶超时', null, 0, 1800),
    ('parking-overtime', '停车超时', null, 0, 1800),
    ('area-crossed', '进出区域', null, 0, 0),
    ('route-crossed', '进出路线', null, 0, 0),
    ('section-time', '路段行驶时间异常', null, 0, 300),
    ('route-deviation', '路线偏离', null, 60, 600),
    ('speed-sensor-fault', '车速传感器故障', null, 60, 1800),
    ('fuel-abnormal', '油量异常', null, 60, 1800),
    ('vehicle-stolen', '车辆被盗', 'critical', 0, 1800),
    ('illegal-ignition', '非法点火', 'warning', 0, 300),
    ('illegal-displacement', '非法位移', 'warning', 0, 300),
    ('collision', '碰撞侧翻', 'critical', 0, 300),
    ('rollover-warning', '侧翻预警', 'warning', 0, 300),
    ('illegal-door-open', '非法开门', null, 0, 300);

create table device_alarm (
    id bigint generated always as identity primary key,
    device_no int not null references device,
    alarm text not null references device_alarm_rule,
    starts timestamptz not null,
    ends timestamptz check (ends >= starts),
    noticed timestamptz not null default now(),
    longitude double precision,
    latitude double precision,
    officer_id bigint references officer,
    alert_id bigint references alert,
    settled boolean not null default false,
    unique (device_no, alarm, starts)
);
create index device_alarm_unsettled on device_alarm (device_no) where not settled;
create index device_alarm_device on device_alarm (device_no, starts desc, id desc);
create index device_alarm_alert on device_alarm (alert_id) where alert_id is not null;
comment on table device_alarm is 'each time that an alarm of a device was on, by the times of its reports';
comment on column device_alarm.ends is 'first report without it; null while it is on';
comment on column device_alarm.settled is 'it is over, the time in which it might go on is too, and its alert, if any, says so';
comment on column device_alarm.officer_id is 'who had the device when it began';

create table device_alarm_progress (
    only_one boolean primary key default true check (only_one),
    received timestamptz not null
);
comment on table device_alarm_progress is 'reports received before this have been looked at; a start goes on from here';

-- What a start has to look at again; reports without an alarm cost nothing.
create index position_alarmed on position (receive_time) where alarms <> 0;
