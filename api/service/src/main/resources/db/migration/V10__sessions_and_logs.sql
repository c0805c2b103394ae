-- What ends a session, what locks an account, and how the logs are asked.
alter table app_user add column stamp int not null default 1;
comment on column app_user.stamp is 'grows when roles, squads, officer or password change or the user is disabled; sessions of an older stamp are over';

alter table app_user add column last_failed_at timestamptz;
comment on column app_user.last_failed_at is 'last failed login; older ones than the time of a lock no longer count';

create unique index app_user_officer on app_user (officer_id) where officer_id is not null;
comment on column app_user.officer_id is 'the officer that the user is; nobody is two users';

create index access_token_user on access_token (user_id);
create index audit_log_user on audit_log (username, at desc, id desc);
create index view_log_user on view_log (username, at desc, id desc);
create index view_log_subject_id on view_log (subject_id, id desc);
