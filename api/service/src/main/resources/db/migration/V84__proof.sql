-- Audit log and view log chained as recordings are, and day roots that leave the house by themselves.

create table log_waiting (
    log text not null,
    entry bigint not null,
    primary key (log, entry)
);
comment on table log_waiting is 'entries that have no place in the chain of their log yet; written in the transaction that writes the entry';

create table log_link (
    log text not null,
    sequence bigint not null,
    entry bigint not null,
    hash text not null,
    chain text not null,
    primary key (log, sequence),
    unique (log, entry)
);
comment on table log_link is 'the chain of each log, in the order in which entries became visible; rows are only ever added and outlive the entries';
comment on column log_link.log is 'audit or view';
comment on column log_link.sequence is 'from 1, without gaps';
comment on column log_link.hash is 'of the entry''s text: SHA-256 as 64 hexadecimal digits, SM3 behind sm3:';
comment on column log_link.chain is 'hash over the chain value before, log, sequence and hash of the entry';

create table log_purge (
    log text not null,
    first bigint not null,
    last bigint not null,
    entries bigint not null,
    keep text not null,
    at timestamptz not null default clock_timestamp(),
    primary key (log, first)
);
comment on table log_purge is 'entries of a log that were deleted by age: from sequence first to last';
comment on column log_purge.keep is 'the retention that was set, in days';

create trigger log_link_append_only before update or delete or truncate on log_link execute function refuse_change();
create trigger log_purge_append_only before update or delete or truncate on log_purge execute function refuse_change();

-- Entries that were there before are chained first, in the order of their ids.
insert into log_waiting (log, entry) select 'audit', id from audit_log union all select 'view', id from view_log;

create function await_chain() returns trigger language plpgsql as $$
begin
    insert into log_waiting (log, entry) values (tg_argv[0], new.id);
    return null;
end
$$;
-- A restore brings back what waited; an entry that is written so and not restored is found by the check of the chain.
create trigger audit_log_chained after insert on audit_log for each row
    when (current_setting('farwatch.restoring', true) is distinct from 'on') execute function await_chain('audit');
create trigger view_log_chained after insert on view_log for each row
    when (current_setting('farwatch.restoring', true) is distinct from 'on') execute function await_chain('view');

-- An entry may be deleted only when its deletion by age is on record.
create function refuse_unless_purged() returns trigger language plpgsql as $$
begin
    if exists (select from log_link l join log_purge p on p.log = l.log and l.sequence between p.first and p.last
            where l.log = tg_argv[0] and l.entry = old.id) then
        return old;
    end if;
    raise exception '% only takes new rows', tg_table_name;
end
$$;
drop trigger audit_log_append_only on audit_log;
drop trigger view_log_append_only on view_log;
create trigger audit_log_append_only before update or truncate on audit_log execute function refuse_change();
create trigger view_log_append_only before update or truncate on view_log execute function refuse_change();
create trigger audit_log_kept before delete on audit_log for each row execute function refuse_unless_purged('audit');
create trigger view_log_kept before delete on view_log for each row execute function refuse_unless_purged('view');

create table root_target (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('webhook', 'mail')),
    address text not null,
    active boolean not null default true,
    since timestamptz not null default now(),
    version int not null default 1
);
create unique index root_target_address on root_target (kind, address);
comment on table root_target is 'where day roots are sent to, each allowed by an administrator';
comment on column root_target.address is 'URL or mail address';
comment on column root_target.since is 'roots made before are not sent';

create table root_sending (
    day date not null references day_root (day),
    target_id bigint not null references root_target (id),
    state text not null check (state in ('waiting', 'sent', 'failed')),
    tries int not null default 0,
    due timestamptz not null,
    sent_at timestamptz,
    failure text,
    primary key (day, target_id)
);
create index root_sending_due on root_sending (due) where state = 'waiting';
comment on table root_sending is 'what became of the sending of a day root to a target';
comment on column root_sending.state is 'failed: given up after the last try';
comment on column root_sending.failure is 'why the last try failed, in words';
