import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from './en'
import zhCN from './zh-CN'

type Messages = { [key: string]: string | Messages }

function flat(messages: Messages, prefix = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') {
      all.set(prefix + key, value)
    } else {
      flat(value, `${prefix}${key}.`).forEach((text, path) => all.set(path, text))
    }
  }
  return all
}

const chinese = flat(zhCN)
const english = flat(en)
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? sources(path) : /\.(vue|ts)$/.test(path) && !path.endsWith('.test.ts') ? [path] : []
  })
}

describe('the texts', () => {
  it('have the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('are never empty', () => {
    const empty = [...chinese, ...english].filter(([, text]) => text.trim() === '').map(([key]) => key)
    expect(empty).toEqual([])
  })

  it('have the same placeholders in both languages', () => {
    const differ = [...chinese].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(english.get(key) ?? '').join(),
    )
    expect(differ).toEqual([])
  })

  it('hold no character that the message format takes for itself', () => {
    const special = [...chinese, ...english].filter(([, text]) => /[@|]/.test(text)).map(([key]) => key)
    expect(special).toEqual([])
  })

  it('exist for every key that the console names', () => {
    const named = sources(join(import.meta.dirname, '..')).flatMap((path) => {
      const source = readFileSync(path, 'utf8')
      return [...source.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map((match) => ({ path, key: match[1]! }))
    })
    expect(named.length).toBeGreaterThan(200)
    expect(named.filter(({ key }) => !chinese.has(key))).toEqual([])
  })

  it('are all in use', () => {
    const code = sources(join(import.meta.dirname, '..'))
      .filter((path) => !path.includes('i18n/zh-CN') && !path.includes('i18n/en'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n')
    // Words of closed sets are looked up by family, not by name.
    const families = [...code.matchAll(/word\(\s*'([\w.]+)'/g)].map((match) => `${match[1]}.`)
    const composed = [...code.matchAll(/[`']([\w.]+\.)\$\{/g)].map((match) => match[1]!)
    const prefixes = [...new Set([...families, ...composed])]
    const idle = [...chinese.keys()].filter(
      (key) =>
        !prefixes.some((prefix) => key.startsWith(prefix)) && !code.includes(`'${key}'`),
    )
    expect(idle).toEqual([])
  })
})
