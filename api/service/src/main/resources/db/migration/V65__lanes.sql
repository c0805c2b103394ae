-- Lanes of alerts, tasks and device tickets with their clocks, and who in a squad receives them first.
create table lane_rule (
    kind text not null,
    lane text not null,
    first boolean not null default false,
    primary key (kind, lane)
);
create unique index lane_rule_first on lane_rule (kind) where first;
comment on table lane_rule is 'into which lanes an alert of a kind may be put; first: the one that is proposed';
insert into lane_rule (kind, lane, first) values
    ('lead', 'task', true),
    ('lead', 'ticket', false),
    ('off-post', 'supervision-lead', true),
    ('device-silent', 'ticket', true),
    ('device-silent', 'supervision-lead', false),
    ('sos', 'task', true),
    ('device-alarm', 'ticket', true),
    ('device-alarm', 'task', false),
    ('recording-gap', 'ticket', true),
    ('recording-gap', 'supervision-lead', false),
    ('camera-health', 'ticket', true),
    ('overdue', 'supervision-lead', true);

create table squad_receiver (
    squad_id bigint not null references squad,
    lane text not null,
    user_id bigint references app_user on delete set null,
    version int not null default 1,
    primary key (squad_id, lane)
);
comment on table squad_receiver is 'who in a squad first receives what comes by a lane';
comment on column squad_receiver.user_id is 'null: the leaders of the squad';

create table task (
    id bigint generated always as identity primary key,
    lane text not null check (lane in ('task', 'ticket')),
    state text not null check (state in ('open', 'signed', 'handled', 'returned', 'closed')),
    alert_id bigint not null unique references alert,
    title text not null,
    squad_id bigint not null references squad,
    assignee_id bigint references app_user on delete set null,
    note text,
    opened_at timestamptz not null,
    opened_by text not null,
    since timestamptz not null,
    sign_due timestamptz not null,
    handle_due timestamptz not null,
    sign_alert bigint references alert,
    handle_alert bigint references alert,
    version int not null default 1
);
create index task_lane on task (lane, opened_at desc, id desc);
create index task_squad on task (squad_id, lane, state);
create index task_assignee on task (assignee_id) where assignee_id is not null;
create index task_running on task (handle_due) where state in ('open', 'signed');
comment on table task is 'what a squad is asked to settle: a task (the street) or a device ticket; each comes from one alert';
comment on column task.assignee_id is 'who in the squad has it in hand; null: the leaders of the squad';
comment on column task.note is 'of whoever put it into the lane';
comment on column task.since is 'when it came into its state';
comment on column task.sign_due is 'until then somebody must have signed for it';
comment on column task.handle_due is 'until then it must have been handled';
comment on column task.sign_alert is 'the alert that the clock to sign ran out; handle_alert likewise. Null again when the clock starts anew';

create table task_event (
    id bigint generated always as identity primary key,
    task_id bigint not null references task,
    at timestamptz not null default clock_timestamp(),
    username text not null,
    action text not null,
    reason text,
    note text,
    squad_id bigint not null references squad,
    to_state text not null
);
create index task_event_task on task_event (task_id, id);
comment on table task_event is 'each change of a task: who, when, why; rows are only ever added';
comment on column task_event.squad_id is 'whose task it was after the change';
create trigger task_event_append_only before update or delete or truncate on task_event execute function refuse_change();

create table task_evidence (
    event_id bigint not null references task_event,
    evidence text not null references evidence,
    primary key (event_id, evidence)
);
create index task_evidence_file on task_evidence (evidence);
comment on table task_evidence is 'files that somebody named when he handled or checked a task';
