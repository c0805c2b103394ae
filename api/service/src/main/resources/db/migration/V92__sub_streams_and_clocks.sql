-- A smaller picture of a stream, for walls of many; and cameras whose clock is wrong.
alter table stream add column sub_url text, add column sub_sealed bytea;
comment on column stream.sub_url is 'where its smaller picture is fetched from, without secrets; null where it has none';
comment on column stream.sub_sealed is 'the same whole, where it holds secrets, sealed with a key of the home';

-- Every channel of a terminal can be had in both qualities (JT/T 1078-2016, 0x9101).
update stream set sub_url = source_url || '?stream=sub'
where source_url like 'jt1078:%' and source_url not like '%?stream=sub';

alter table camera_fault drop constraint camera_fault_kind_check;
alter table camera_fault add constraint camera_fault_kind_check
    check (kind in ('black', 'frozen', 'covered', 'blurred', 'moved', 'slow', 'clock'));
