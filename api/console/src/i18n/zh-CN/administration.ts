/** 管理: how its pages are grouped, where day roots are sent to, a stream's own days, the first day's storage. */
export default {
  adminGroup: {
    title: '管理分组', and: '、', access: '设备与接入', people: '人员与组织', rules: '规则与模板', proof: '记录与证明', system: '系统',
  },
  rootTarget: {
    title: '送出地址',
    note: '每个日根自动送往这些地址，留存于本单位之外。地址停用后保留记录，不再送出。',
    add: '新增地址', kind: '方式', webhook: '网址推送', mail: '邮件', address: '地址', since: '起送时间', last: '最近送出', state: '状态',
    urlHint: 'https 地址，收到日根文件（JSON，POST）；本机可用 http',
    mailHint: '收到日根文件作附件；须先配置 farwatch.proof.mail',
    none: '没有送出地址', noneHint: '日根只留在本机时，无法证明整条链未被重新签发。',
    on: '送出中', off: '已停用', end: '停用', begin: '启用', ended: '地址已停用', begun: '地址已启用', added: '地址已新增',
    test: '试送', testing: '试送中', testOk: '试送成功：对方已收到', testFailed: '试送失败：{why}',
    never: '尚未送出', sent: '{day} 已送，{at}', waiting: '{day} 待送，已试 {tries} 次', failed: '{day} 未送出，已试 {tries} 次',
    again: '重新送出', againDone: '{n} 项已重新排队', endWhat: '{address} 将不再收到日根；已送出的记录保留。',
    logFile: '下载全部（供 verify 核验）', required: '必填',
  },
  retention: {
    title: '保存期限', of: '保存 {days} 天', ofClass: '按类别“{name}”', own: '单独设置', why: '理由：{why}',
    edit: '设置保存期限', days: '单独保存天数', daysHint: '至少 {least} 天（公共安全视频图像信息系统管理条例第十七条）',
    daysRule: '须为 {least} 至 {most} 的整数', reason: '理由', reasonHint: '如重点区域、案件需要',
    reasonRule: '单独设置须写明理由', saved: '保存期限已更新', takes: '已存 {size}，其中留存 {held}',
    shorter: '缩短后，超过 {days} 天且未留存的录像将在下一轮删除。',
  },
  firstDay: {
    needed: '录像不足一天，暂不能预测', hint: '需要至少一天的录像；{at} 起显示预测。在此之前可用下方“容量计算”，码率已按实测填入。',
    none: '还没有录像，暂不能预测', noneHint: '录像满一天后显示预测；可先用下方“容量计算”。',
    measured: '目前实测码率：{list}', rate: '{name} {rate} kbit/s（{streams} 路）',
  },
}
