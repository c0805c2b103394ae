-- What went because it was old enough: a hole in the record that has a cause.
create table deleted_by_age (
    id bigint generated always as identity primary key,
    subject text not null,
    day date not null,
    rows bigint not null,
    devices int not null,
    keep text not null,
    at timestamptz not null default clock_timestamp()
);
create index deleted_by_age_day on deleted_by_age (subject, day);
create trigger deleted_by_age_append_only before update or delete or truncate on deleted_by_age
    execute function refuse_change();
comment on table deleted_by_age is 'what retention deleted, by day; written in the transaction that deletes';
comment on column deleted_by_age.subject is 'table that the rows were in';
comment on column deleted_by_age.day is 'UTC day that the rows were of: by fix time for position, by receive time for position_suspect and position_refused, in the bureau''s time zone for device_day';
comment on column deleted_by_age.devices is 'devices that the rows were of';
comment on column deleted_by_age.keep is 'the retention that was set';
