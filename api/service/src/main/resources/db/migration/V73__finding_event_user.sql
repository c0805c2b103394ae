-- What waits for somebody asks first in which findings he spoke for the squad.
create index finding_event_user on finding_event (user_id);
