-- Draws: what is to be inspected and by whom, by a seed that was committed to before.
create table draw (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 100),
    kind text not null check (kind in ('officers-on-duty', 'vehicles', 'cameras', 'recordings', 'squads')),
    period_from timestamptz not null,
    period_to timestamptz not null,
    pool_from timestamptz,
    pool_to timestamptz,
    items int not null check (items between 1 and 1000),
    inspectors_per_squad int not null check (inspectors_per_squad between 2 and 10),
    exclusions jsonb not null default '[]',
    squads bigint[],
    replaces bigint references draw,
    replace_reason text,
    state text not null check (state in ('planned', 'frozen', 'drawn', 'cancelled')),
    planned_at timestamptz not null,
    planned_by text not null,
    commitment text,
    seed_sealed bytea,
    document text,
    version int not null default 1,
    check (period_from < period_to),
    check (pool_to is null or pool_from < pool_to),
    check ((replaces is null) = (replace_reason is null)),
    check ((commitment is null) = (document is null) and (commitment is null) = (seed_sealed is null)),
    check (state in ('planned', 'cancelled') or document is not null)
);
create index draw_period on draw (kind, period_from, period_to);
create unique index draw_replaced on draw (replaces) where not (state = 'cancelled' and commitment is null);
comment on table draw is 'from a pool to items and inspectors; never deleted';
comment on column draw.period_from is 'within the period squads come first that no draw of the same kind has named yet';
comment on column draw.period_to is 'excluded';
comment on column draw.pool_from is 'from when on something is in the pool; null where that does not matter';
comment on column draw.pool_to is 'excluded; null for the moment of pool_from';
comment on column draw.exclusions is '[{"item", "reason"}], as planned';
comment on column draw.squads is 'the squads that its planner may see, whose things are in the pool; null for the district';
comment on column draw.replaces is 'the draw in whose place this one is';
comment on column draw.commitment is 'SHA-256 of the seed, 64 hexadecimal digits; shown from when it is frozen on';
comment on column draw.seed_sealed is '32 random bytes, AES-256-GCM by a key in FARWATCH_HOME; open in the document once drawn';
comment on column draw.document is 'the record as it leaves the house (JSON), signed; without a result until it is drawn';

-- What is frozen stays so, and what is at its end changes no more, whoever asks the database.
create function refuse_other_draw() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' then
        raise exception 'draws are never deleted';
    end if;
    if old.state in ('drawn', 'cancelled') then
        raise exception 'draw % is %, which is its end', old.id, old.state;
    end if;
    if (old.name, old.kind, old.period_from, old.period_to, old.pool_from, old.pool_to, old.items,
            old.inspectors_per_squad, old.exclusions, old.squads, old.replaces, old.replace_reason, old.planned_at,
            old.planned_by)
        is distinct from (new.name, new.kind, new.period_from, new.period_to, new.pool_from, new.pool_to, new.items,
            new.inspectors_per_squad, new.exclusions, new.squads, new.replaces, new.replace_reason, new.planned_at,
            new.planned_by) then
        raise exception 'draw % is planned: cancel it and plan another', old.id;
    end if;
    if old.state = 'frozen' and ((old.commitment, old.seed_sealed) is distinct from (new.commitment, new.seed_sealed)
            or (new.state <> 'drawn' and new.document is distinct from old.document)) then
        raise exception 'draw % is frozen', old.id;
    end if;
    return new;
end
$$;
create trigger draw_frozen before update or delete on draw for each row execute function refuse_other_draw();
create trigger draw_kept before truncate on draw execute function refuse_change();

create table draw_item (
    draw_id bigint not null references draw,
    place int not null,
    item_id text not null,
    name text not null,
    squad_id bigint references squad,
    primary key (draw_id, place),
    unique (draw_id, item_id)
);
comment on table draw_item is 'what was drawn; an index of the document';
comment on column draw_item.place is 'in the order in which it was drawn, from 1';
comment on column draw_item.item_id is 'of an officer, device, stream or squad; of a recording, stream/day';
create trigger draw_item_append_only before update or delete or truncate on draw_item execute function refuse_change();

create table draw_team (
    draw_id bigint not null references draw,
    place int not null,
    squad_id bigint references squad,
    username text not null,
    primary key (draw_id, place)
);
create index draw_team_username on draw_team (username);
comment on table draw_team is 'who looks at what was drawn of a squad, or of no squad; an index of the document';
create trigger draw_team_append_only before update or delete or truncate on draw_team execute function refuse_change();

create table draw_event (
    id bigint generated always as identity primary key,
    draw_id bigint not null references draw,
    at timestamptz not null,
    username text not null,
    action text not null,
    reason text,
    note text,
    to_state text not null
);
create index draw_event_draw on draw_event (draw_id, id);
comment on table draw_event is 'each step of a draw: who, when, why; rows are only ever added';
create trigger draw_event_append_only before update or delete or truncate on draw_event execute function refuse_change();
