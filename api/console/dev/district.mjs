// An invented district for dev/mock.mjs: streets, posts, officers, vehicles, and what they do.
const CENTER = [121.437, 31.196]
const METRES = 111_195
const SQUEEZE = Math.cos((CENTER[1] * Math.PI) / 180)
const at = (east, north) => [CENTER[0] + east / METRES / SQUEEZE, CENTER[1] + north / METRES]
const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'
const POSTS = [['衡山路段', -1900, 1100, 'on-post'], ['广场北侧', -500, 700, 'on-post'], ['学校周边', 1700, 900, 'unknown'], ['菜场东门', 900, -300, 'off-post'],
  ['医院周边', -1200, -900, 'on-post'], ['轨交 3 号口', 300, -1400, 'late'], ['滨江步道', 1900, -1100, 'on-post'], ['大学路口', -2100, -200, null]]
const pick = (list, i) => list[i % list.length]
let seed = 7
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
const iso = (time) => new Date(time).toISOString()
const MINUTE = 60_000

export function makeDistrict() {
  const squads = ['一中队', '二中队', '三中队', '机动中队'].map((name, i) => ({ id: `${i + 1}`, name, version: 1 }))
  const posts = POSTS.map(([name, east, north, state], i) => ({ id: `p${i}`, name, squadId: pick(squads, i).id, state, present: state === 'on-post' ? 1 : 0, required: state === null ? 0 : 1, version: 1,
    geometry: { type: 'Polygon', coordinates: [[[-160, -110], [150, -120], [170, 110], [-150, 120], [-160, -110]].map(([x, y]) => at(east + x, north + y))] }, east, north }))
  const officers = Array.from({ length: 30 }, (_, i) => ({ id: `o${i}`, name: `${SURNAMES[i]}${pick('明强芳敏静磊洋勇艳杰', i * 7)}`, number: `0${1200 + i * 7}`, squadId: pick(squads, i).id, userId: null, version: 1 }))
  const devices = []
  const positions = []
  officers.slice(0, 22).forEach((officer, i) => {
    const post = pick(posts, i)
    const state = i < 8 ? post.state : pick(['on-post', 'on-task', null], i)
    const out = state === 'off-post' ? 330 : state === 'late' ? 240 : 60
    add(`mqtt-b${210 + i}`, `记录仪 B-0${210 + i}`, 'body-camera', 'mqtt', `b${210 + i}`, officer, post.east + out * Math.cos(i), post.north - out * Math.sin(i + 0.4), state, i !== 2 && i !== 19)
  })
  for (let i = 0; i < 14; i++) add(`jt808-1390000${1000 + i}`, `巡逻车 沪A·${2031 + i * 37}警`, 'vehicle-terminal', 'jt808', `1390000${1000 + i}`, null, (random() - 0.5) * 5200, (random() - 0.5) * 3600, null, i !== 5)
  function add(id, name, kind, protocol, protocolId, officer, east, north, presence, online) {
    const lastSeen = iso(Date.now() - (online ? 2000 : 14 * MINUTE))
    const squadId = officer?.squadId ?? pick(squads, devices.length).id
    devices.push({ id, name, kind, protocol, protocolId, squadId, datum: 'WGS84', online, lastSeen, version: 1 })
    const [longitude, latitude] = at(east, north)
    positions.push({ deviceId: id, name, kind, squadId, officerId: officer?.id ?? null, officerName: officer?.name ?? null, dutyId: presence ? `d${officers.indexOf(officer)}` : null, presence,
      fixTime: lastSeen, receiveTime: lastSeen, longitude, latitude, altitude: 12, speed: kind === 'vehicle-terminal' ? 24 : 1, heading: kind === 'vehicle-terminal' ? Math.floor(random() * 360) : null, valid: true, online, lastSeen, flags: [] })
  }
  const start = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3 * 3_600_000
  const dutyList = officers.slice(0, 22).map((officer, i) => ({ id: `d${i}`, officerId: officer.id, officerName: officer.name, deviceId: null, postId: pick(posts, i).id, postName: pick(posts, i).name,
    start: iso(start + (i % 3 === 2 ? 3_600_000 : 0)), end: iso(start + 8 * 3_600_000), version: 1, state: positions[i].presence ?? (i % 8 === 7 ? null : 'on-post') }))
  const db = { name: '示范区', center: CENTER, bounds: [...at(-4000, -3000), ...at(4000, 3000)], squads, posts, officers, devices, positions, duties: dutyList, custody: {}, history: {}, tokens: [], alerts: [],
    users: [{ id: '1', username: 'admin', displayName: '系统管理员', roles: ['administrator'], squadIds: [], disabled: false, lockedUntil: null, version: 1 }, { id: '2', username: 'zhiban', displayName: '值班员 0317', roles: ['operator'], squadIds: [], disabled: false, version: 2 }, { id: '3', username: 'zhang.w', displayName: '张伟', roles: ['squad-leader'], squadIds: ['3'], disabled: true, version: 4 }],
    rules: [['presence.leave-metres', 15, 'm', 0, 500, 15], ['presence.leave-seconds', 60, 's', 0, 3600, 60], ['presence.late-seconds', 420, 's', 0, 7200, 300], ['presence.off-post-alert-seconds', 600, 's', 30, 7200, 600]].map(([key, value, unit, min, max, normal]) => ({ key, value, unit, min, max, default: normal, version: 1, changedBy: null, changedAt: null })),
    audit: Array.from({ length: 120 }, (_, i) => ({ id: `${i}`, at: iso(Date.now() - i * 7 * MINUTE), user: pick(['admin', 'zhiban', 'zhang.w'], i), action: pick(['confirm', 'login', 'update', 'create', 'dismiss'], i), subject: pick(['alert', 'session', 'duty', 'device', 'alert'], i), subjectId: String(400 - i), before: i % 5 === 2 ? { end: '15:00' } : null, after: i % 5 === 2 ? { end: '15:30' } : null, address: '10.8.1.24' })),
    viewLog: Array.from({ length: 70 }, (_, i) => ({ id: `${i}`, at: iso(Date.now() - i * 11 * MINUTE), user: pick(['zhiban', 'wang.d'], i), purpose: pick(['verify-alert', 'check-presence', '市民热线 20261121-0087 核查'], i), kind: 'track', subjectId: pick(devices, i).id, subjectName: pick(devices, i).name, from: iso(Date.now() - i * 11 * MINUTE - 1_800_000), to: iso(Date.now() - i * 11 * MINUTE), address: '10.8.1.24' })) }
  for (const device of devices) db.custody[device.id] = positions.find((p) => p.deviceId === device.id)?.officerId ? [{ id: 'c1', officerId: positions.find((p) => p.deviceId === device.id).officerId, officerName: positions.find((p) => p.deviceId === device.id).officerName, from: iso(start), to: null, version: 1 }] : []
  db.alerts = alertsOf(db, 5)
  return db
}

let alertNumber = 0
const ALERTS = [[3, 'off-post', 'critical', 3], [5, 'late', 'warning', 6], [19, 'device-silent', 'warning', 14], [27, 'sos', 'critical', 1], [2, 'device-silent', 'warning', 31]]
export function alertsOf(db, count) {
  const made = []
  for (let i = 0; i < count; i++) {
    const [index, code, severity, minutes] = pick(ALERTS, alertNumber)
    const p = db.positions[(index + Math.floor(alertNumber / ALERTS.length) * 3) % db.positions.length]
    const post = db.posts[index % db.posts.length]
    const id = `a${++alertNumber}`
    const raised = Date.now() - (count > 1 ? minutes : 0) * MINUTE
    const human = code === 'off-post' || code === 'late'
    db.history[id] = [{ at: iso(raised), by: null, action: 'raise', reason: null, note: null }]
    made.push({ id, kind: human ? 'off-post' : code, code, state: 'new', severity, raisedAt: iso(raised), deviceId: p.deviceId, officerId: p.officerId, officerName: p.officerName, unitId: p.squadId, unitName: db.squads.find((s) => s.id === p.squadId).name, dutyId: p.dutyId, postId: human ? post.id : undefined, trial: false, version: 1,
      title: `${p.officerName ?? p.name} ${code}`, location: { longitude: p.longitude, latitude: p.latitude }, overtaken: i === 4 ? { at: iso(Date.now() - MINUTE), text: '已恢复上报' } : null,
      detail: { code, args: { device: p.name, minutes: minutes + 8, since: p.lastSeen, start: iso(raised - 20 * MINUTE), ...(human ? { officer: p.officerName, post: post.name } : {}) } } })
  }
  return made.sort((a, b) => (a.raisedAt < b.raisedAt ? 1 : -1))
}

export function duties(db, from, to) {
  return db.duties.filter((duty) => !from || (duty.start < to && duty.end > from))
}

export function presenceOf(db, id) {
  const duty = db.duties.find((each) => each.id === id)
  if (!duty) return []
  const from = Date.parse(duty.start)
  const end = Math.min(Date.now(), Date.parse(duty.end))
  const cuts = [0, 0.08, 0.46, 0.58, 0.9, 1].map((part) => from + (end - from) * part)
  const states = [['late', 'on-post', 'on-post', 'on-post', 'on-post'], ['on-post', 'on-post', 'break', 'on-post', 'on-post'], ['travelling', 'on-post', 'on-task', 'on-post', 'on-post'], ['on-post', 'on-post', 'unknown', 'on-post', 'on-post']]
  const row = [...pick(states, Number(id.slice(1)) || 0)]
  row[4] = duty.state ?? 'on-post'
  return end <= from ? [] : row.map((state, i) => ({ from: iso(cuts[i]), to: iso(cuts[i + 1]), state, cause: { unknown: 'silent', 'on-post': 'at-post', late: 'not-arrived', 'off-post': 'left' }[state] ?? null }))
}

export const isOnPost = (db, id) => { const { state, present, required } = db.posts.find((post) => post.id === id); return { state, present, required } }

export function trackOf(db, id, from, to) {
  const p = db.positions.find((each) => each.deviceId === id)
  const fixes = []
  if (!p) return fixes
  for (let time = Math.ceil(Date.parse(from) / 10_000) * 10_000; time < Math.min(Date.parse(to), Date.now()); time += 10_000) {
    const turn = time / 400_000
    if (Math.floor(time / 600_000) % 5 === 2 && time % 600_000 < 300_000) continue
    fixes.push({ deviceId: id, fixTime: iso(time), receiveTime: iso(time + 900), longitude: p.longitude + 0.004 * Math.sin(turn) - 0.001, latitude: p.latitude + 0.003 * Math.sin(turn * 1.7), altitude: 11, speed: Math.round(18 + 12 * Math.sin(turn)), heading: Math.round((turn * 57) % 360), satellites: 14, valid: true, buffered: false, flags: [], alarms: [], status: { accOn: true }, mileage: 1042.3 })
  }
  return fixes
}

/** Everything that is online goes on a little; gives back what changed. */
export function move(db) {
  const changed = db.positions.filter((p) => p.online && random() < 0.6)
  for (const p of changed) {
    const speed = p.heading === null ? 0.8 : 7
    if (p.heading !== null && random() < 0.1) p.heading = (p.heading + 60 * random() - 30 + 360) % 360
    const way = ((p.heading ?? random() * 360) * Math.PI) / 180
    p.longitude += (Math.sin(way) * speed) / METRES / SQUEEZE
    p.latitude += (Math.cos(way) * speed) / METRES
    p.fixTime = p.receiveTime = p.lastSeen = iso(Date.now())
  }
  return changed
}

export function layers() {
  const collection = (features) => ({ type: 'FeatureCollection', features })
  const feature = (type, coordinates, properties = {}) => ({ type: 'Feature', properties, geometry: { type, coordinates } })
  const line = (name, kind, points) => feature('LineString', points.map(([x, y]) => at(x, y)), { name, class: kind })
  const ring = (points) => [[...points, points[0]].map(([x, y]) => at(x, y))]
  const roads = [line('龙华大道', 'trunk', [[-4400, -2300], [-1800, -1500], [-300, -200], [900, 1100], [2400, 2000], [4400, 2500]]), line('中山南路', 'trunk', [[-4200, 2700], [-2000, 2500], [800, 2600], [4300, 1300]])]
  const EAST = ['肇嘉浜路', '衡山路', '天平路', '宛平路', '斜土路', '零陵路']
  const NORTH = ['漕溪路', '天钥桥路', '东安路', '小木桥路', '瑞金路', '大木桥路', '日晖路']
  EAST.forEach((name, i) => roads.push(line(name, i % 3 === 1 ? 'primary' : 'secondary', [-4200, -2000, 0, 2000, 4200].map((x, k) => [x, -2100 + i * 820 + 70 * Math.sin(k + i)]))))
  NORTH.forEach((name, i) => roads.push(line(name, i % 3 === 0 ? 'primary' : 'secondary', [-3000, -1200, 600, 3000].map((y, k) => [-3600 + i * 1150 + 60 * Math.cos(k * 2 + i), y]))))
  for (let i = 0; i < 34; i++) { const x = -3800 + (i % 9) * 880; const y = -2500 + Math.floor(i / 9) * 1350; roads.push(line('', 'lane', [[x, y], [x + 60, y + 620]]), line('', 'lane', [[x - 200, y + 300], [x + 520, y + 330]])) }
  roads.forEach((road) => road.properties.name || delete road.properties.name)
  return {
    district: collection([feature('Polygon', ring([[-3500, -2500], [-600, -2750], [2600, -2500], [3500, -900], [3300, 1700], [1200, 2550], [-2600, 2400], [-3700, 600]]))]),
    roads: collection(roads),
    water: collection([feature('Polygon', ring([[2700, -3200], [3000, -1600], [3700, 200], [4600, 1500], [5200, 1300], [4200, -200], [3500, -1800], [3200, -3300]]))]),
    green: collection([feature('Polygon', ring([[-700, 1500], [200, 1450], [260, 2050], [-650, 2100]])), feature('Polygon', ring([[1900, -1900], [2600, -2000], [2500, -1350], [2000, -1300]]))]),
    blocks: collection(Array.from({ length: 40 }, (_, i) => { const x = -3350 + (i % 8) * 870; const y = -1950 + Math.floor(i / 8) * 830; return feature('Polygon', ring([[x, y], [x + 620, y + 20], [x + 600, y + 560], [x + 10, y + 580]])) })),
    places: collection([['徐家汇公园', -220, 1780], ['体育馆', 1400, 1700], ['植物园', 2250, -1650], ['第六医院', -1900, -1500], ['区政府', 500, 300]].map(([name, x, y]) => feature('Point', at(x, y), { name }))),
  }
}
