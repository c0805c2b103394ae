-- Checklists, and the inspection tasks (督察任务) that are done by them.
create table checklist (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('street-effect', 'conduct', 'interior', 'recording', 'special')),
    name text not null check (length(name) between 1 and 100),
    sample boolean not null default false,
    retired boolean not null default false,
    version int not null default 1
);
comment on table checklist is 'what is looked at in a check, with full marks; each saving makes a new version';
comment on column checklist.kind is 'street-effect 街面实效, conduct 行为规范, interior 内务管理, recording 音像记录, special 专项';
comment on column checklist.sample is 'comes with the service as an example (样例): the points are nobody''s rule';

create table checklist_item (
    checklist_id bigint not null references checklist,
    position int not null check (position > 0),
    group_name text not null check (length(group_name) between 1 and 40),
    text text not null check (length(text) between 1 and 200),
    points numeric(4, 1) not null check (points between 0.5 and 100),
    basis text,
    primary key (checklist_id, position)
);
comment on column checklist_item.points is 'full marks, in steps of 0.5';
comment on column checklist_item.basis is 'the rule that it comes from, in words';

create table inspection_task (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('street-effect', 'conduct', 'interior', 'recording', 'special')),
    method text not null check (method in ('screen', 'on-site')),
    level text not null check (level in ('bureau', 'squad')),
    checklist_id bigint not null references checklist,
    checklist_version int,
    sample boolean not null default false,
    squad_id bigint not null references squad,
    officer_id bigint references officer,
    device_no int references device,
    stream_id bigint references stream,
    post_id bigint references post,
    starts timestamptz not null,
    ends timestamptz not null,
    draw_id bigint references draw,
    draw_place int,
    made_at timestamptz not null,
    made_by text not null,
    due_at timestamptz not null,
    state text not null check (state in ('assigned', 'in-progress', 'done', 'cancelled')),
    outcome text check (outcome in ('fine', 'lead')),
    score numeric(5, 2) check (score between 0 and 100),
    finished_at timestamptz,
    finished_by text,
    lead_id bigint references supervision_lead,
    version int not null default 1,
    unique (draw_id, draw_place),
    foreign key (draw_id, draw_place) references draw_item,
    check ((draw_id is null) = (draw_place is null)),
    check (starts < ends and ends - starts <= interval '48 hours'),
    check ((state = 'done') = (outcome is not null) and (state = 'done') = (finished_at is not null)),
    check ((outcome is not distinct from 'lead') = (lead_id is not null)),
    check (checklist_version is not null or state in ('assigned', 'cancelled'))
);
create index inspection_task_due on inspection_task (due_at, id);
create index inspection_task_squad on inspection_task (squad_id, state);
create index inspection_task_done on inspection_task (finished_at) where state = 'done';
comment on table inspection_task is '督察任务: who or what is checked by whom, by which list, and what came of it';
comment on column inspection_task.level is 'bureau: by the bureau; squad: by the squad''s own inspectors';
comment on column inspection_task.checklist_version is 'the version whose items were frozen when it was first started; null before';
comment on column inspection_task.sample is 'whether that version was a sample';
comment on column inspection_task.starts is 'of the time that is looked at';
comment on column inspection_task.draw_place is 'of the item that was drawn';
comment on column inspection_task.score is 'percent of the points of all items that applied; null while open and when none applied';

create table inspection_task_person (
    task_id bigint not null references inspection_task,
    user_id bigint not null references app_user,
    primary key (task_id, user_id)
);
create index inspection_task_person_user on inspection_task_person (user_id);
comment on table inspection_task_person is 'who checks; while a task is open its squad is open to them';

create table inspection_task_score (
    task_id bigint not null references inspection_task,
    position int not null,
    group_name text not null,
    text text not null,
    points numeric(4, 1) not null,
    basis text,
    given numeric(4, 1) check (given between 0 and points),
    not_applicable boolean not null default false,
    note text,
    scored_by text,
    scored_at timestamptz,
    version int not null default 1,
    primary key (task_id, position),
    check (given is null or not not_applicable)
);
comment on table inspection_task_score is 'the items as they were when the task was started, and what was given for each';
comment on column inspection_task_score.given is 'null: not scored yet, or not applicable';

create table inspection_task_evidence (
    task_id bigint not null references inspection_task,
    sha256 text not null references evidence,
    what text not null check (what in ('picture', 'photograph')),
    at timestamptz not null,
    stream_id bigint references stream,
    note text,
    added_by text not null,
    added_at timestamptz not null,
    primary key (task_id, sha256)
);
create index inspection_task_evidence_file on inspection_task_evidence (sha256);
comment on table inspection_task_evidence is 'what was kept during a check; rows are only ever added';
comment on column inspection_task_evidence.what is 'picture: of a stream, as it was on screen; photograph: somebody brought it';
comment on column inspection_task_evidence.at is 'the moment that it shows, by whoever kept it';
create trigger inspection_task_evidence_append_only before update or delete or truncate on inspection_task_evidence
    execute function refuse_change();

create table inspection_task_event (
    id bigint generated always as identity primary key,
    task_id bigint not null references inspection_task,
    at timestamptz not null,
    username text not null,
    action text not null,
    reason text,
    note text,
    to_state text not null
);
create index inspection_task_event_task on inspection_task_event (task_id, id);
comment on table inspection_task_event is 'each step of a task: who, when, why; rows are only ever added';
create trigger inspection_task_event_append_only before update or delete or truncate on inspection_task_event
    execute function refuse_change();

-- Samples: the subjects come from published rules, the points are examples.
insert into checklist (kind, name, sample) values
    ('street-effect', '街面实效检查表', true),
    ('conduct', '执法人员行为规范检查表', true),
    ('interior', '中队内务管理检查表', true),
    ('recording', '执法全过程音像记录抽查表', true);
insert into checklist_item (checklist_id, position, group_name, text, points, basis)
select c.id, i.position, i.group_name, i.text, i.points, i.basis
from (values
    ('street-effect', 1, '占道经营', '无占道设摊', 20, '市容环境卫生管理'),
    ('street-effect', 2, '占道经营', '无跨门经营', 20, '市容环境卫生管理'),
    ('street-effect', 3, '占道经营', '无占道堆物', 15, '市容环境卫生管理'),
    ('street-effect', 4, '绿化', '无损毁、侵占绿化', 15, '绿化管理'),
    ('street-effect', 5, '小广告', '无乱张贴、乱涂写、乱悬挂', 15, '市容环境卫生管理'),
    ('street-effect', 6, '户外招牌', '户外招牌设置规范、完好', 15, '户外招牌设置管理'),
    ('conduct', 1, '着装', '制式服装和标志齐全、规范', 15, '城市管理执法行为规范'),
    ('conduct', 2, '仪容', '仪容整洁，无违规饰物', 10, '城市管理执法行为规范'),
    ('conduct', 3, '举止', '举止文明，在岗不吸烟、进食、聊天、玩手机', 15, '城市管理执法行为规范'),
    ('conduct', 4, '语言', '用语文明规范，先敬礼后执法', 15, '城市管理执法行为规范'),
    ('conduct', 5, '执法方式', '两人以上执法，出示执法证件', 15, '城市管理执法行为规范'),
    ('conduct', 6, '勤务规范', '按点位、路线、时段在岗', 20, '勤务管理'),
    ('conduct', 7, '勤务规范', '执法装备佩戴齐全，音像记录开启', 10, '勤务管理'),
    ('interior', 1, '教育培训', '学习培训有计划、有记录', 10, null),
    ('interior', 2, '内务设置', '办公、备勤场所整洁有序，制度上墙', 15, null),
    ('interior', 3, '装备管理', '装备领用、保管、维护有登记', 15, null),
    ('interior', 4, '车辆使用', '车辆使用有登记，停放规范，车容整洁', 15, null),
    ('interior', 5, '风纪', '队容风纪符合要求', 10, null),
    ('interior', 6, '队列训练', '按计划开展队列训练', 10, null),
    ('interior', 7, '勤务安排', '勤务安排合理，值班备勤到位', 15, null),
    ('interior', 8, '投诉处理', '投诉登记、处理、回复及时', 10, null),
    ('recording', 1, '亮证告知', '表明身份，出示执法证件', 20, '行政执法公示：事中公示'),
    ('recording', 2, '亮证告知', '告知当事人正在音像记录', 10, '执法全过程记录'),
    ('recording', 3, '环节完整', '应当记录的环节均有记录', 30, '执法全过程记录'),
    ('recording', 4, '画面声音', '画面清楚，声音清晰，能辨明现场', 15, '执法全过程记录'),
    ('recording', 5, '开启关闭', '按规定开启和关闭', 15, '执法全过程记录'),
    ('recording', 6, '中断说明', '记录中断有语音或书面说明', 10, '执法全过程记录')
) as i (kind, position, group_name, text, points, basis) join checklist c on c.kind = i.kind;
