/** 视频: which picture of a camera, its clock, and the map beside the wall. */
export default {
  quality: {
    url: '子码流地址',
    urlHint: '选填。四画面及以上取子码流，单画面、放大和录像取主码流',
    subOther: '须与取流地址不同',
    sub: '子码流',
    subHint: '多画面时取子码流，放大后为主码流',
  },
  cameraClock: {
    title: '摄像机时钟',
    hint: '按 RTSP 发送方报告与服务器时钟相比，包含网络传输时间',
    unknown: '未知，源未提供时间',
    right: '准确，相差不到 1 秒',
    ahead: '快 {span}',
    behind: '慢 {span}',
    seconds: '{n} 秒',
    days: '{n} 天',
  },
  healthPage: {
    measured: '所测',
    last: '最近',
    lasts: '{at} 起，已 {span}',
    lasted: '{at}，持续 {span}',
    several: '{n} 项异常',
  },
  beside: {
    label: '监控的列表与地图',
    list: '列表',
    map: '地图',
    mapOf: '监控地图',
    inView: '视野内 {n} 路，近者在前',
    inViewMost: '视野内 {n} 路，列出最近的 {most} 路',
    unplaced: '{n} 路没有位置，在列表中查找',
    none: '视野内没有监控',
    noneHint: '移动或缩小地图；没有填写经纬度的监控只在列表中。',
    put: '点击放入画面，或拖到画面上',
  },
}
