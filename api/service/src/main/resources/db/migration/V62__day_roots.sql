-- Signed roots of the recordings of days: an index of the files in the folder of recordings.
create table day_root (
    day date primary key,
    root text not null,
    previous text not null,
    signature text not null,
    public_key text not null,
    made timestamptz not null,
    streams int not null,
    segments bigint not null,
    document text not null
);
comment on table day_root is 'signed value over all that was recorded up to the end of a day; rows are only ever added';
comment on column day_root.day is 'in the time zone of the bureau (Asia/Shanghai)';
comment on column day_root.root is 'SHA-256, 64 hexadecimal digits';
comment on column day_root.previous is 'root of the day before it in the chain';
comment on column day_root.signature is 'Ed25519, Base64';
comment on column day_root.public_key is 'X.509 encoded, Base64';
comment on column day_root.segments is 'recorded files that it covers and no root before it';
comment on column day_root.document is 'the file as it leaves the house (JSON), so that a backup holds it';
