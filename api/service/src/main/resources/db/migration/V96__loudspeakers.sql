-- A loudspeaker that stands by itself (GB/T 28181 type 137) is called as a camera's is, and sends nothing.
alter table stream add column loudspeaker boolean not null default false,
    add constraint stream_loudspeaker_sends_nothing check (not (loudspeaker and record));
comment on column stream.loudspeaker is 'it can be spoken to and sends nothing: never fetched, recorded or watched';

alter table gb28181_channel drop constraint gb28181_channel_kind_check,
    add constraint gb28181_channel_kind_check check (kind in ('camera', 'group', 'loudspeaker', 'other'));
