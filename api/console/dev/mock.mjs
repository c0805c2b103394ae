// A stand-in for the service, for work on the console without a database: `npm run mock`, then `npm run dev`.
// Development only: everything is invented and lives in memory. User `admin`, any password but `wrong`.
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { alertsOf, duties, isOnPost, layers, makeDistrict, move, presenceOf, trackOf } from './district.mjs'

const PORT = Number(process.env.PORT ?? 8080)
const db = makeDistrict()
let signedIn = false
const sockets = new Set()

const page = (items, query) => {
  const limit = Math.min(Number(query.get('limit') ?? 50), 10_000)
  const from = Number(query.get('cursor') ?? 0)
  return { items: items.slice(from, from + limit), next: from + limit < items.length ? String(from + limit) : null }
}
const problem = (status, detail, more = {}) => ({ status, body: { title: detail, detail, status, requestId: randomUUID().slice(0, 8), ...more } })
const bump = (list, id, change) => {
  const at = list.findIndex((one) => String(one.id ?? one.key) === id)
  if (at < 0) return problem(404, `there is no ${id}`)
  if (change.version !== undefined && change.version !== list[at].version) {
    return problem(409, 'changed meanwhile', { changedBy: '王督察', changedAt: new Date(Date.now() - 60_000).toISOString(), version: list[at].version })
  }
  list[at] = { ...list[at], ...change, version: (list[at].version ?? 0) + 1 }
  return { status: 200, body: list[at] }
}
const create = (list, body, id = String(list.length + 100)) => {
  const made = { id, version: 1, ...body }
  list.unshift(made)
  return { status: 201, body: made }
}
const remove = (list, id) => (list.splice(list.findIndex((one) => one.id === id), 1), { status: 204 })
const nameOf = (list, id) => list.find((one) => one.id === id)?.name ?? null

const user = { id: '1', username: 'admin', displayName: '值班员 0317', mustChangePassword: false, squadIds: [],
  roles: (process.env.ROLES ?? 'operator,inspector,legal-reviewer,squad-leader,officer,administrator,security-auditor').split(',') }
const session = () => ({ user: signedIn ? user : null, csrf: { header: 'X-CSRF-TOKEN', token: 'mock' } })

function answer(method, path, query, body) {
  const [, one, id, part, partId] = path.match(/^\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?(?:\/([^/]+))?$/) ?? []
  const is = (pattern) => `${method} ${path}`.match(pattern)
  if (path === '/session') {
    if (method === 'POST') {
      if (body.password === 'wrong') return problem(401, 'wrong credentials')
      signedIn = true
    }
    if (method === 'DELETE') return (signedIn = false), { status: 204 }
    return { status: 200, body: session() }
  }
  if (!signedIn) return problem(401, 'sign in')
  if (is(/^POST \/session\/password$/)) return { status: 204 }
  if (path === '/overview') {
    const now = duties(db).filter((duty) => duty.state !== null)
    return { status: 200, body: { district: db.name, onDuty: now.length, onPost: now.filter((duty) => duty.state === 'on-post').length,
      devices: db.devices.length, devicesOnline: db.devices.filter((device) => device.online).length,
      alertsNew: db.alerts.filter((alert) => alert.state === 'new').length, serverTime: new Date().toISOString() } }
  }
  if (path === '/map') return { status: 200, body: { center: db.center, zoom: 13.4, bounds: db.bounds, tileUrl: null, tileDatum: 'WGS84', attribution: null } }
  if (is(/^GET \/map\/layers\//)) return { status: 200, body: layers(db)[part] ?? { type: 'FeatureCollection', features: [] } }
  if (one === 'lanes') {
    return { status: 200, body: { items: [], next: null } }
  }
  if (one === 'alerts') {
    const alert = db.alerts.find((each) => each.id === id)
    if (method === 'GET' && !id) return { status: 200, body: page(db.alerts.filter((each) => ['state', 'kind'].every((key) => !query.get(key) || each[key] === query.get(key))), query) }
    if (!alert) return problem(404, 'no such alert')
    if (method === 'GET') return { status: 200, body: { ...alert, history: db.history[id] } }
    if (body.version !== alert.version || alert.state !== 'new') return problem(409, 'changed meanwhile', { changedBy: '李值班', changedAt: new Date().toISOString(), version: alert.version })
    Object.assign(alert, { state: part === 'confirm' ? 'confirmed' : 'dismissed', version: alert.version + 1 })
    db.history[id].push({ at: new Date().toISOString(), by: user.displayName, action: part, reason: body.reason ?? null, note: body.note ?? null })
    broadcast('alerts', [alert])
    return { status: 200, body: alert }
  }
  if (one === 'devices') {
    if (part === 'positions') return { status: 200, body: page(trackOf(db, id, query.get('from'), query.get('to')), query) }
    if (part === 'custody') {
      const list = (db.custody[id] ??= [])
      if (method === 'POST') return create(list, { to: null, ...body, officerName: nameOf(db.officers, body.officerId) }, randomUUID().slice(0, 6))
      if (method === 'PATCH') return bump(list, partId, body)
      return { status: 200, body: page(list, query) }
    }
    if (method === 'POST') {
      if (!/^\d{11,20}$/.test(body.protocolId) && body.protocol === 'jt808') return problem(400, 'invalid', { errors: [{ field: 'protocolId', message: '须为 11 至 20 位数字' }] })
      return create(db.devices, { online: false, lastSeen: null, datum: 'WGS84', ...body }, body.id || `jt808-${body.protocolId}`)
    }
    if (method === 'GET' && id) {
      const found = db.devices.find((device) => device.id === id)
      return found ? { status: 200, body: found } : problem(404, 'no such device')
    }
  }
  if (one === 'duties') {
    if (part === 'presence') return { status: 200, body: { dutyId: id, intervals: presenceOf(db, id) } }
    if (method === 'GET') return { status: 200, body: page(duties(db, query.get('from'), query.get('to')), query) }
    if (method === 'POST') return create(db.duties, { ...body, officerName: nameOf(db.officers, body.officerId), postName: nameOf(db.posts, body.postId), state: null })
  }
  if (one === 'posts') {
    if (path === '/posts/import') return { status: 201, body: { imported: 3, ids: [] } }
    if (path === '/posts/export') return { status: 200, body: { type: 'FeatureCollection', features: [] } }
    if (method === 'POST') return create(db.posts, { present: 0, required: 0, state: null, ...body })
  }
  if (one === 'tokens' && method === 'POST') return create(db.tokens, { ...body, createdAt: new Date().toISOString(), lastUsed: null }), { status: 201, body: { token: createHash('sha1').update(randomUUID()).digest('hex') } }
  if (one === 'users' && part) return { status: 204 }
  const list = db[one === 'view-log' ? 'viewLog' : one]
  if (!list) return problem(404, `no ${path}`)
  if (method === 'GET') return { status: 200, body: page(list, query) }
  if (method === 'POST') return create(list, body)
  if (method === 'PATCH') return bump(list, decodeURIComponent(id), body)
  if (method === 'DELETE') return remove(list, decodeURIComponent(id))
  return problem(405, 'no')
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://mock')
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (part) => (text += part))
  request.on('end', () => {
    const json = request.headers['content-type']?.includes('json')
    const { status, body } = answer(request.method, decodeURI(url.pathname.replace('/api/v1', '')), url.searchParams, json && text ? JSON.parse(text) : {})
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  })
})

// The server's half of RFC 6455, as much as one browser needs: text frames below 64 KiB in, any length out.
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  sockets.add(socket)
  socket.on('error', () => {})
  socket.on('close', () => sockets.delete(socket))
  socket.on('data', (frame) => {
    if ((frame[0] & 15) === 8) return socket.end()
    send(socket, { topic: 'positions', snapshot: true, items: db.positions })
    send(socket, { topic: 'posts', snapshot: true, items: db.posts.map(({ id, state, present, required }) => ({ id, state, present, required })) })
  })
})

function send(socket, message) {
  const text = Buffer.from(JSON.stringify(message))
  const head = text.length < 126 ? Buffer.from([0x81, text.length]) : Buffer.alloc(text.length < 65536 ? 4 : 10)
  if (text.length >= 126) {
    head[0] = 0x81
    head[1] = text.length < 65536 ? 126 : 127
    if (text.length < 65536) head.writeUInt16BE(text.length, 2)
    else head.writeBigUInt64BE(BigInt(text.length), 2)
  }
  socket.write(Buffer.concat([head, text]))
}

const broadcast = (topic, items) => sockets.forEach((socket) => send(socket, { topic, items }))

setInterval(() => broadcast('positions', move(db)), 1000)
setInterval(() => sockets.forEach((socket) => send(socket, { topic: 'heartbeat', at: new Date().toISOString() })), 10_000)
setInterval(() => {
  const posts = db.posts.map(({ id }) => ({ id, ...isOnPost(db, id) }))
  posts.forEach((pulse) => Object.assign(db.posts.find(({ id }) => id === pulse.id), pulse))
  broadcast('posts', posts)
}, 5000)
if (process.env.ALERT_EVERY) setInterval(() => {
  const [alert] = alertsOf(db, 1)
  db.alerts.unshift(alert)
  broadcast('alerts', [alert])
}, Number(process.env.ALERT_EVERY))

server.listen(PORT, '127.0.0.1', () => console.log(`mock of the service on http://127.0.0.1:${PORT}`))
