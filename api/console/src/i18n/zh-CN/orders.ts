/** 国标设备控制: what a device of GB/T 28181 is told. */
export default {
  orders: {
    status: '设备状态', guard: '布防', unguard: '撤防', reset: '报警复位', reboot: '重启', keyPicture: '关键帧',
    keyAsked: '已请求 {name} 发送关键帧', keyHint: '画面花屏或迟迟不出时，请摄像机立即发送关键帧',
    well: '设备自报正常', unwell: '设备自报故障', offline: '设备自报离线', clock: '设备时钟 {at}', silent: '设备没有应答',
    word: { done: '设备已执行', 'not-done': '设备称未能执行', none: '设备已收到，未说明是否执行' },
    rebootTitle: '重启 {name}', rebootWhat: '重启期间该设备的画面、录像和报警全部中断，通常数分钟后重新注册。', reason: '原因', reasonRule: '须填写原因',
    rebooted: '{name} 已收到重启命令',
  },
}
