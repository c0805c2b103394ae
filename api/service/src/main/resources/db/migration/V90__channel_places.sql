-- GB/T 28181: where a channel stands in the tree of its device; alerts that make a stream urgent.
alter table gb28181_channel add column placed_under text not null default '';
update gb28181_channel c set placed_under = case
    when c.parent <> c.code and exists (
        select 1 from gb28181_channel p where p.device_no = c.device_no and p.code = c.parent) then c.parent
    else d.protocol_id end
from device d where d.no = c.device_no;
create index gb28181_channel_place on gb28181_channel (device_no, placed_under, code);
comment on column gb28181_channel.parent is 'ParentID as the device says it; several with / between';
comment on column gb28181_channel.placed_under is 'code of the channel it stands under, or of the device: its parent where that is listed, else its business group, else its region';

create index alert_urgent on alert (raised_at) where severity = 'critical' and state in ('new', 'confirmed');
