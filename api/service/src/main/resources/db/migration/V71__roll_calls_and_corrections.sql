-- Roll calls, answered by what devices send, and what officers ask to be corrected.
create table roll_call (
    id bigint generated always as identity primary key,
    purpose text not null check (length(purpose) between 1 and 200),
    number int check (number > 0),
    state text not null check (state in ('open', 'deciding', 'closed', 'cancelled')),
    called_by text not null,
    called_at timestamptz not null,
    answer_until timestamptz not null,
    late_until timestamptz not null,
    version int not null default 1,
    check (called_at < answer_until and answer_until < late_until)
);
create index roll_call_running on roll_call (id) where state in ('open', 'deciding');
comment on table roll_call is '点名: officers on duty at a moment, asked where their devices are; nobody has to press anything';
comment on column roll_call.number is 'how many were picked at random of those who could be called, null when all were called';
comment on column roll_call.answer_until is 'last moment of which a position in the post counts as present';
comment on column roll_call.late_until is 'last moment of which one counts as late';

create table roll_call_answer (
    roll_call bigint not null references roll_call,
    officer_id bigint not null references officer,
    squad_id bigint not null references squad,
    duty_id bigint not null references duty,
    post_id bigint not null references post,
    device_no int references device,
    duty_end timestamptz not null,
    presence text,
    task_id bigint references task,
    outcome text not null check (outcome in ('pending', 'present', 'late', 'absent', 'excused')),
    basis text check (basis in ('position', 'picture', 'person')),
    answered_at timestamptz,
    distance_m double precision,
    facts jsonb,
    reason text,
    note text,
    picture text references evidence,
    decided_by text,
    lead_id bigint references supervision_lead,
    version int not null default 1,
    primary key (roll_call, officer_id),
    check ((outcome = 'pending') = (basis is null)),
    check (outcome not in ('absent', 'excused') or basis = 'person'),
    check (lead_id is null or outcome = 'absent'),
    check ((basis = 'picture') = (picture is not null))
);
create index roll_call_answer_officer on roll_call_answer (officer_id, roll_call desc);
create index roll_call_answer_picture on roll_call_answer (picture) where picture is not null;
comment on table roll_call_answer is 'one officer called; duty, post, device, presence and task are as they were at the call';
comment on column roll_call_answer.device_no is 'held at the call, a body camera before others; answers count from any device held';
comment on column roll_call_answer.presence is 'what the positions proved at the call, null for nothing yet';
comment on column roll_call_answer.task_id is 'a task that he had signed for at the call';
comment on column roll_call_answer.outcome is 'absent and excused are a person''s decision, never the machine''s';
comment on column roll_call_answer.distance_m is 'of the answering position from the border of the post, metres, negative inside';
comment on column roll_call_answer.facts is 'last position, its distance and the state of the device when it was decided';

create table roll_call_event (
    id bigint generated always as identity primary key,
    roll_call bigint not null references roll_call,
    officer_id bigint references officer,
    at timestamptz not null default clock_timestamp(),
    username text not null,
    action text not null,
    reason text,
    note text,
    to_state text not null
);
create index roll_call_event_call on roll_call_event (roll_call, id);
comment on column roll_call_event.officer_id is 'null for what concerns the whole roll call';
comment on column roll_call_event.to_state is 'state of the roll call, or outcome of the officer';
create trigger roll_call_event_append_only before update or delete or truncate on roll_call_event
    execute function refuse_change();

create table correction_request (
    id bigint generated always as identity primary key,
    officer_id bigint not null references officer,
    kind text not null check (kind in ('roster', 'presence', 'custody', 'finding', 'other')),
    request text not null check (length(request) between 1 and 1000),
    state text not null check (state in ('asked', 'answered')),
    asked_at timestamptz not null,
    corrected boolean,
    answer text check (length(answer) between 1 and 1000),
    answered_by text,
    answered_at timestamptz,
    version int not null default 1,
    check ((state = 'answered') = (answer is not null and corrected is not null and answered_by is not null
        and answered_at is not null))
);
create index correction_request_officer on correction_request (officer_id, id desc);
comment on table correction_request is '更正申请: an officer says that something held about him is wrong; his squad leader answers';
comment on column correction_request.corrected is 'whether what was wrong has been put right';

create table correction_request_event (
    id bigint generated always as identity primary key,
    request_id bigint not null references correction_request,
    at timestamptz not null default clock_timestamp(),
    username text not null,
    action text not null,
    reason text,
    note text,
    to_state text not null
);
create index correction_request_event_request on correction_request_event (request_id, id);
create trigger correction_request_event_append_only before update or delete or truncate on correction_request_event
    execute function refuse_change();
