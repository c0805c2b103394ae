/** 采集: recordings that body cameras made by themselves. */
export default {
  upload: {
    hint: '执法记录仪的录像由采集站上传，或放入监视文件夹；结束后超过规定时限送达的为迟采',
    name: '文件', state: '状态', device: '设备', officer: '领用人', period: '录像时段', size: '大小', brought: '来源', came: '送达时间',
    reason: '原因', states: {
      open: '上传中', waiting: '待检查', storing: '入库中', arrived: '已入库', duplicate: '重复', refused: '被拒收', discarded: '已删除', expired: '已过期',
    },
    faults: {
      name: '文件名无法识别', mismatch: '前后说法不一', 'not-video': '不是可读的视频', codec: '视频编码不支持', 'unknown-device': '设备不在册',
      'unknown-officer': '警号不在册', 'other-officer': '与领用记录不符', duration: '时长不符', time: '时间不合理', hash: '校验值不符',
    },
    folder: '文件夹', late: '迟采', important: '重点', onlyLate: '只看迟采', offset: '设备时钟快 {seconds} 秒，已更正', slow: '设备时钟慢 {seconds} 秒，已更正',
    none: '还没有采集的录像', noneHint: '采集站上传或放入监视文件夹后，在此显示进度、迟采和被拒收的文件。',
    correct: '更正后重试', discard: '删除', discardAsk: '“{name}”将被永久删除，无法恢复。', start: '开始时间（设备时钟）', startHint: '不填则保持不变',
    progress: '{percent}%', deviceHint: '设备编号、协议编号或名称', officerHint: '警号', retried: '已重新检查',
  },
}
