-- The base map of the district, and the thresholds an administrator may change.
create table map_layer (
    name text primary key check (name in ('district', 'roads', 'blocks', 'water', 'green', 'places')),
    features jsonb not null
);
comment on column map_layer.features is 'GeoJSON FeatureCollection, WGS-84';

create table rule (
    key text primary key,
    value double precision not null,
    version int not null default 1,
    changed_by text,
    changed_at timestamptz
);
comment on table rule is 'thresholds that differ from the default; unit, range and default stand in the code that uses them';

create table job (
    id bigint generated always as identity primary key,
    kind text not null,
    state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    username text not null,
    done bigint not null default 0,
    total bigint,
    message text,
    result jsonb,
    created_at timestamptz not null default now(),
    finished_at timestamptz
);
comment on table job is 'long work: progress, cancel, result';

create table evidence (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    media_type text not null,
    bytes bigint not null,
    origin text not null,
    added_at timestamptz not null default now(),
    hold boolean not null default false
);
comment on table evidence is 'content-addressed files below FARWATCH_HOME/evidence; a hold keeps a file whatever its age';
