-- Some devices take the times of recordings that they are asked for for local ones.
alter table gb28181_device
    add column recording_shift int not null default 0 check (recording_shift between -86400 and 86400);
comment on column gb28181_device.recording_shift is 'seconds added to the times of recordings that it is asked for';
