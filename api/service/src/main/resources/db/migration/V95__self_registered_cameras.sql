-- Devices of GB/T 28181 that registered themselves were taken for vehicle terminals: kept as such, drawn as such, and
-- offered to superior platforms as vehicles. Whom an administrator has described since stays what he said.
update device set kind = 'camera'
where protocol = 'gb28181' and kind = 'vehicle-terminal' and version = 1 and id = 'gb28181-' || protocol_id;
