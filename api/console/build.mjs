// Maven's hand on npm: `node build.mjs build` and `node build.mjs test`.
// Installs when the lock changed, and does neither build nor test again while their inputs are the same.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const here = import.meta.dirname
const out = join(here, 'target', 'classes', 'META-INF', 'resources')
const stamps = join(here, 'target', 'stamps')
const inputs = ['.npmrc', 'build.mjs', 'index.html', 'package-lock.json', 'package.json', 'public', 'src', 'tsconfig.json', 'vite.config.ts']

const task = process.argv[2]
if (task !== 'build' && task !== 'test') {
  fail('usage: node build.mjs build|test')
}
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`the console needs Node.js 20.19 or newer to build; this is ${process.versions.node}`)
}

const stamp = join(stamps, task)
const hash = digest(inputs)
const unchanged = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
if (unchanged && (task === 'test' || existsSync(join(out, 'index.html')))) {
  console.log(`console: ${task} is up to date`)
  process.exit(0)
}

const lock = digest(['package-lock.json', '.npmrc'])
const installed = join(here, 'node_modules', '.farwatch-lock')
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
  npm('ci', '--no-progress')
  writeFileSync(installed, lock)
}
if (task === 'build') {
  npm('run', 'build')
} else {
  npm('test')
}
mkdirSync(stamps, { recursive: true })
writeFileSync(stamp, hash)

function npm(...args) {
  const done = spawnSync('npm', args, {
    cwd: here,
    stdio: 'inherit',
    env: { ...process.env, FARWATCH_CONSOLE_OUT: out },
    shell: process.platform === 'win32',
  })
  if (done.error) {
    fail(`npm could not be started (${done.error.message}); the console needs Node.js 20.19 or newer with npm on the PATH`)
  }
  if (done.status !== 0) {
    process.exit(done.status ?? 1)
  }
}

function digest(names) {
  const sum = createHash('sha256')
  for (const name of names) {
    add(sum, name)
  }
  return sum.digest('hex')
}

function add(sum, name) {
  const path = join(here, name)
  if (statSync(path).isDirectory()) {
    for (const child of readdirSync(path).sort()) {
      add(sum, join(name, child))
    }
  } else {
    sum.update(name).update('\0').update(readFileSync(path)).update('\0')
  }
}

function fail(message) {
  console.error(`console: ${message}`)
  process.exit(1)
}
