-- What devices are asked to do, and what they answered.
create table device_command (
    id bigint generated always as identity primary key,
    device_no int not null references device,
    kind text not null,
    arguments jsonb not null,
    state text not null check (state in
        ('queued', 'sent', 'done', 'failed', 'unsupported', 'timed-out', 'expired', 'cancelled')),
    requested_by text not null,
    requested_at timestamptz not null,
    expires_at timestamptz not null,
    sent_at timestamptz,
    attempts int not null default 0,
    answered_at timestamptz,
    result text,
    answer jsonb,
    version int not null default 1,
    check (expires_at > requested_at),
    check (state <> 'sent' or sent_at is not null)
);
create index device_command_device on device_command (device_no, id);
create index device_command_open on device_command (device_no, id) where state in ('queued', 'sent');
comment on table device_command is 'commands to devices (JT/T 808 platform messages), in the order of their ids for each device';
comment on column device_command.arguments is 'as the kind of command names them; units in the list of kinds';
comment on column device_command.expires_at is 'when it is not sent any more';
comment on column device_command.attempts is 'times handed to the device''s connection; the protocol repeats within one';
comment on column device_command.result is 'a sentence for every end but a plain success';
comment on column device_command.answer is 'what the device told; never a position or a picture, which go their own ways';

create table device_command_event (
    id bigint generated always as identity primary key,
    command_id bigint not null references device_command,
    at timestamptz not null,
    username text not null,
    action text not null,
    reason text,
    note text,
    to_state text not null
);
create index device_command_event_command on device_command_event (command_id, id);
comment on table device_command_event is 'each step of a command: who, when, why; rows are only ever added';
create trigger device_command_event_append_only before update or delete or truncate on device_command_event
    execute function refuse_change();
