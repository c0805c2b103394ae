-- What a squad is asked about time that had to be recorded and was not, and what it answered.
create table gap_inquiry (
    id bigint generated always as identity primary key,
    stream_id bigint not null references stream,
    squad_id bigint not null references squad,
    starts timestamptz not null,
    ends timestamptz not null,
    cause text not null,
    question text,
    state text not null check (state in ('asked', 'explained', 'accepted', 'passed-on', 'withdrawn')),
    reason text,
    explanation text,
    answer_until timestamptz not null,
    asked_by text not null,
    asked_at timestamptz not null,
    lead_id bigint references supervision_lead,
    version int not null default 1,
    check (starts < ends),
    check ((state = 'passed-on') = (lead_id is not null)),
    exclude using gist (stream_id with =, tstzrange(starts, ends) with &&) where (state <> 'withdrawn')
);
create index gap_inquiry_squad on gap_inquiry (squad_id, id desc);
comment on table gap_inquiry is '缺录说明: a gap that somebody asked about; a moment of a stream is asked about once';
comment on column gap_inquiry.squad_id is 'who is asked';
comment on column gap_inquiry.cause is 'of most of the gap, as it was known when it was asked about';
comment on column gap_inquiry.answer_until is 'end of the last working day for the answer';
comment on column gap_inquiry.lead_id is 'what it was passed on to';

create table gap_inquiry_event (
    id bigint generated always as identity primary key,
    inquiry_id bigint not null references gap_inquiry,
    at timestamptz not null default clock_timestamp(),
    username text not null,
    action text not null,
    reason text,
    note text,
    to_state text not null
);
create index gap_inquiry_event_inquiry on gap_inquiry_event (inquiry_id, id);
create trigger gap_inquiry_event_append_only before update or delete or truncate on gap_inquiry_event
    execute function refuse_change();
