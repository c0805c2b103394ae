// Fetches data files of an npm package: `node weights.mjs <folder> [<manifest>]`. The manifest, by default weights.json for
// the default weights, names the package, its sha512 and the files that are wanted, 8 MB of the weights' 173. `npm pack`
// gets the package alone; `npm ci` would install its two hundred dependencies, a linter among them, for two data files.
// npm's own cache answers the next time.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const out = process.argv[2]
if (!out) {
  fail('usage: node weights.mjs <folder> [<manifest>]')
}
const source = process.argv[3] ?? join(import.meta.dirname, 'weights.json')
const manifest = readFileSync(source, 'utf8')
const { package: name, version, integrity, files } = JSON.parse(manifest)

const stamp = join(out, basename(source))
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === manifest && files.every((file) => existsSync(target(file)))) {
  console.log(`${name}: up to date`)
  process.exit(0)
}

const packed = join(out, 'packed')
rmSync(packed, { recursive: true, force: true })
mkdirSync(packed, { recursive: true })
const npm = spawnSync(
  'npm',
  ['pack', `${name}@${version}`, '--silent', '--prefer-offline', '--ignore-scripts', '--no-update-notifier'],
  { cwd: packed, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
)
if (npm.error) {
  fail(`npm could not be started (${npm.error.message}); building needs Node.js with npm on the PATH`)
}
if (npm.status !== 0) {
  fail(`npm pack ${name}@${version} ended with ${npm.status}`)
}
const archive = readFileSync(join(packed, readdirSync(packed)[0]))
const sum = `sha512-${createHash('sha512').update(archive).digest('base64')}`
if (sum !== integrity) {
  fail(`${name}@${version} has ${sum}, ${basename(source)} says ${integrity}`)
}
const wanted = new Set(files.map((file) => `package/${file}`))
for (const [path, bytes] of entries(gunzipSync(archive))) {
  if (wanted.delete(path)) {
    const file = target(path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
}
if (wanted.size > 0) {
  fail(`${name}@${version} lacks ${[...wanted].join(', ')}`)
}
rmSync(packed, { recursive: true })
writeFileSync(stamp, manifest)

function target(file) {
  return join(out, basename(file))
}

/** Names and contents of a tar archive: 512-byte headers (name at 0, octal size at 124), contents padded to 512. */
function* entries(tar) {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const path = tar.toString('utf8', at, tar.indexOf(0, at))
    const size = parseInt(tar.toString('ascii', at + 124, at + 136), 8)
    yield [path, tar.subarray(at + 512, at + 512 + size)]
    at += 512 + Math.ceil(size / 512) * 512
  }
}

function fail(message) {
  console.error(`weights.mjs: ${message}`)
  process.exit(1)
}
