-- How much supervision is owed in a period, by squad or by the bureau; counted from what was done, never entered.
create table quota (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 100),
    counted text not null check (counted in ('inspections', 'squads-inspected', 'squads-drawn', 'problems-rectified',
        'elsewhere')),
    kind text check (kind in ('street-effect', 'conduct', 'interior', 'recording', 'special')),
    per text not null check (per in ('squad', 'bureau')),
    target int not null check (target between 1 and 100000),
    period text not null check (period in ('day', 'week', 'month', 'quarter', 'half-year', 'year')),
    source text,
    active boolean not null,
    changed_by text,
    changed_at timestamptz,
    version int not null default 1,
    check (counted not in ('squads-inspected', 'squads-drawn') or (per = 'bureau' and target <= 100)),
    check (kind is null or counted in ('inspections', 'squads-inspected', 'squads-drawn'))
);
comment on table quota is '督察指标: what is owed in each period';
comment on column quota.counted is 'inspections: 督察任务 that are done. squads-inspected, squads-drawn: percent of the squads with one by the bureau, with one from a draw. problems-rectified: tasks closed and findings rechecked. elsewhere: owed, but nothing here counts it';
comment on column quota.kind is 'of inspections: that of their checklist; null for any';
comment on column quota.per is 'squad: each squad, by its own inspectors. bureau: the district as a whole';
comment on column quota.target is 'a number, or percent of the squads';
comment on column quota.source is 'where it stands written';

-- The preset: what the plan of a district prints (Baoshan, 2022). Where its text and its annex differ both are here and the
-- text is in force.
insert into quota (name, counted, kind, per, target, period, source, active) values
    ('街面实效：区局抽查覆盖中队', 'squads-inspected', 'street-effect', 'bureau', 100, 'month', '宝山方案 正文', true),
    ('街面实效：中队督察', 'inspections', 'street-effect', 'squad', 2, 'week', '宝山方案 正文', true),
    ('整改问题：中队', 'problems-rectified', null, 'squad', 16, 'month', '宝山方案 正文', true),
    ('行为规范：区局抽查覆盖中队', 'squads-inspected', 'conduct', 'bureau', 100, 'quarter', '宝山方案 正文', true),
    ('行为规范：区局抽查覆盖中队', 'squads-inspected', 'conduct', 'bureau', 100, 'month', '宝山方案 附件', false),
    ('行为规范：中队督察', 'inspections', 'conduct', 'squad', 2, 'week', '宝山方案 正文', true),
    ('行为规范：中队督察', 'inspections', 'conduct', 'squad', 1, 'day', '宝山方案 附件', false),
    ('内务管理：中队督察', 'inspections', 'interior', 'squad', 2, 'week', '宝山方案 正文', true),
    ('双随机：抽查覆盖中队', 'squads-drawn', null, 'bureau', 100, 'quarter', '宝山方案 正文', true),
    ('双随机：抽查覆盖中队', 'squads-drawn', null, 'bureau', 100, 'month', '宝山方案 附件', false),
    ('全程音像记录抽查', 'inspections', 'recording', 'bureau', 100, 'year', '宝山方案 正文', true),
    ('专项行动：区局随机抽查', 'inspections', 'special', 'bureau', 1, 'month', '宝山方案 正文', true),
    ('专项行动：抽查覆盖中队', 'squads-inspected', 'special', 'bureau', 100, 'half-year', '宝山方案 正文', true),
    ('市级平台实效督察', 'elsewhere', null, 'squad', 50, 'month', '宝山方案 正文（周期未写明）', true),
    ('队列训练（每次不少于20分钟）', 'elsewhere', null, 'squad', 2, 'month', '宝山方案 正文', true),
    ('队伍建设：区局检查覆盖中队', 'elsewhere', null, 'bureau', 100, 'half-year', '宝山方案 正文', true),
    ('案卷评查', 'elsewhere', null, 'bureau', 30, 'half-year', '宝山方案 正文', true),
    ('重大法制审核案件抽查', 'elsewhere', null, 'bureau', 50, 'year', '宝山方案 正文', true);
