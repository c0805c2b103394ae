create table wall (
    id bigint generated always as identity primary key,
    owner_id bigint not null references app_user on delete cascade,
    name text not null check (length(name) between 1 and 40),
    size int not null check (size in (1, 4, 9, 16)),
    seconds int check (seconds between 5 and 3600),
    streams bigint[] not null check (cardinality(streams) <= 256),
    version int not null default 1,
    unique (owner_id, name)
);
comment on table wall is 'video walls that somebody saved for himself: a layout (画面布局), or a patrol (轮巡) that turns its pages';
comment on column wall.size is 'pictures at once';
comment on column wall.seconds is 'each page of a patrol is shown for; null: a layout';
comment on column wall.streams is 'of a layout one for each cell, null where it is empty; of a patrol in the order in which they are shown';
