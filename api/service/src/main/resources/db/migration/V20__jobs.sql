-- Jobs are listed by who started them and may be cancelled from any process.
alter table job add column started_at timestamptz;
alter table job add column cancel_requested boolean not null default false;
comment on column job.username is 'who started it; farwatch for the service itself';
comment on column job.cancel_requested is 'read by the process that runs it whenever it writes its progress';

create index job_username on job (username, id desc);
create index job_unfinished on job (id) where state in ('queued', 'running');
