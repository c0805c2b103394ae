/** 执法记录仪: state, equipment check, issuing and returning by scanner, and the rule of duty hours. */
export default {
  bodycam: {
    tab: '记录仪状态', none: '没有执法记录仪', noneHint: '在设备里登记类别为执法记录仪的设备后显示在此。',
    hint: '记录仪自己报告的最近状态；报告过久的视为未知',
    device: '设备', squad: '中队', holder: '领用人', nobody: '在库', battery: '电量', space: '剩余空间', clock: '时钟', recording: '录像', upload: '采集',
    percent: '{n}%', spaceOf: '{free} / {total}', ahead: '快 {n} 秒', behind: '慢 {n} 秒', right: '准确', said: '报告于', never: '未报告',
    isRecording: '录像中', notRecording: '未录像', from: '自', lastUpload: '最近采集', neverUploaded: '尚未采集', pending: '{n} 段待采集',
    onDuty: '当班', remarks: { battery: '当班电量低', space: '当班空间不足' },
    marks: { good: '正常', warning: '注意', unknown: '未知' },
    readings: '最近 24 小时', readingsNone: '这段时间没有报告', batteryOf: '电量（%）', spaceLeft: '剩余空间（GB）',
  },
  equipment: {
    title: '班前装备检查', none: '近期没有勤务', noneHint: '当班和即将上岗人员的记录仪状态显示在此。', notIssued: '未领用', on: '当班', desk: '去领用',
    ready: '{n} 人齐备，共 {of} 人',
  },
  desk: {
    title: '扫码领用归还', open: '领用归还', code: '扫码或输入警号、设备编号', go: '确定', hint: '先扫警号再扫设备为领用；直接扫已领出的设备为归还。',
    standing: '当前人员', nobody: '请扫警号', clear: '下一位', holds: '手中设备', holdsNone: '没有领用设备', left: '{n} 秒后清空',
    officer: '{who}，请扫设备', issued: '已领用：{device} → {who}', returned: '已归还：{device}（{who}）', undo: '撤销 {device}（{n} 秒）', undone: '已撤销',
    history: '最近 24 小时', historyNone: '还没有领用或归还', didIssue: '领用', didReturn: '归还',
    faults: {
      unknown: '“{code}”不是在册的警号或设备，或不归您管理', ambiguous: '“{code}”对应多个对象，请输入完整编号', 'no-officer': '设备在库：请先扫警号，再扫设备',
      taken: '已由{who}于 {at} 领用。如要归还，请先点“下一位”再扫设备', reserved: '已登记由{who}自 {at} 起领用', bounce: '刚刚领用，重复扫码未处理', 'undo-over': '已过撤销时间，或不是您办理的',
    },
    tooFast: '扫码太快，请稍候重扫',
  },
  dutyHours: {
    title: '勤务时段应录', hint: '开启后，该中队领用记录仪的人员在全部勤务时段都算应录。默认关闭。',
    warning: '请慎重：这条规则会让人人都有缺录。勤务中的休息、在途和无执法活动的时间也会算作缺录；通常只应要求执法环节全程记录。开启前应有制度依据，并先告知队员。',
    squad: '中队', state: '状态', on: '已开启', off: '关闭', since: '自', reason: '依据', by: '开启人', turnOn: '开启', turnOff: '关闭规则', why: '关闭原因', saved: '已保存', squadNone: '没有中队', squadNoneHint: '在组织里建立中队后可设置。',
    keeps: '关闭后不再新增应录时段，此前的应录和缺录保留。',
  },
}
