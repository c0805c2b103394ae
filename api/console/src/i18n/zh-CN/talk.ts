/** 对讲、喊话: speaking to devices. */
export default {
  talk: {
    title: '对讲', hold: '按住喊话', stop: '结束',
    hint: '{what}：按住说话，或单击开始、再单击结束（选中画面后按 T，或空格）',
    level: '麦克风音量', asking: '请允许使用麦克风', calling: '正在呼叫设备，请稍候', open: '请讲话',
    inUse: '{who}正在对该设备讲话，请稍后再试', takenOver: '{who}已接管，通话结束',
    said: {
      hungUp: '设备挂断', noCall: '设备在 {ms} 毫秒内没有应答', error: '设备不接受广播', offline: '设备不在线',
      otherForm: '文件名为 {named}，内容却是 {found}', noSound: '须为 WAV、MP3、AAC 或 M4A 声音文件',
      full: '同时喊话的设备已达上限（{n} 路），请稍后再试', none: '该设备不支持对讲：只有国标（GB/T 28181）和部标视频（JT/T 1078）设备可以对讲',
    },
    why: {
      insecure: '浏览器不允许此页面使用麦克风：请通过 https 或本机地址（localhost）打开',
      denied: '麦克风未获允许：请在浏览器地址栏的网站设置中允许使用麦克风',
      none: '没有找到麦克风：请检查是否已连接',
      busy: '麦克风无法打开：可能正被其他程序占用',
      lost: '与服务的连接中断，通话结束',
    },
  },
  shout: {
    title: '喊话', log: '喊话记录', ask: '喊话', way: '喊话方式', byAnnouncement: '播放录音', byMicrophone: '麦克风喊话',
    announcement: '录音', announcements: '喊话录音', loudspeakers: '音柱、设备', loudspeaker: '音柱、设备', choose: '选择一路或多路',
    chosen: '已选 {n} 路', times: '播放遍数', send: '开始喊话', end: '停止播放', again: '再次喊话',
    liveNote: '按住按钮（或单击）后对着麦克风讲话，所选设备同时播出。',
    noAnnouncements: '还没有喊话录音', noLoudspeakers: '没有可以对讲的设备：只有国标（GB/T 28181）和部标视频（JT/T 1078）设备可以对讲',
    addGroup: '加入{name}（{n}）', seconds: '{s} 秒', because: '{outcome}：{why}', timesOf: '{name} × {n} 遍',
    heardOf: '{n} 路中已接通 {heard} 路', listen: '试听“{name}”', stopListening: '停止试听“{name}”', cannotPlay: '浏览器无法播放此录音',
    add: '上传录音', file: '声音文件', fileHint: 'WAV、MP3、AAC 或 M4A，最长 60 秒', name: '名称', delete: '删除录音', deleteOf: '删除“{name}”',
    deleteAsk: '“{name}”将被删除，不能再用于喊话；已有的喊话记录保留其名称。',
    at: '时间', who: '喊话人', what: '内容', said: '时长', outcome: '结果', alert: '告警', ofAlert: '告警 {id}',
    count: '喊话 {n} 次，接通 {heard} 次', notYet: '尚未喊话', toWall: '视频墙',
    none: '没有喊话记录', noneHint: '在视频画面上对讲，或点击“喊话”后，每一次的用途和结果都记录在此。',
  },
  shoutKind: { talk: '对讲', live: '麦克风喊话', announcement: '播放录音' },
  shoutState: { calling: '正在呼叫', open: '正在播出', ended: '已结束', unknown: '结果未知（服务曾中断）' },
  shoutOutcome: {
    done: '已播出', cancelled: '已取消', 'in-use': '占用中，未播出', refused: '设备拒绝', 'no-answer': '设备无应答', 'taken-over': '被接管',
    'too-long': '超过最长时间', 'hung-up': '设备挂断', silent: '麦克风无声', 'access-ended': '权限已变更', stopped: '服务停止',
  },
}
