import { describe, expect, it } from 'vitest'
import { answerLines, answerText, parameterHex, parameterName, sentence, type CommandField, type CommandKind } from './command'
import { argumentsOf, blank, faults } from './commandForm'

function field(name: string, type: CommandField['type'], more: Partial<CommandField> = {}): CommandField {
  return { name, type, unit: '', least: null, most: null, options: [], required: false, initial: null, ...more }
}

function kind(...fields: CommandField[]): CommandKind {
  return { kind: 'any', message: '0000', since: '2011', regard: 'none', fields }
}

describe('the form of a command', () => {
  const circle = kind(
    field('id', 'number', { required: true, least: 1, most: 9 }),
    field('centre', 'place', { required: true }),
    field('ids', 'numbers', { initial: [] }),
    field('vertices', 'places', { least: 3, most: 10 }),
    field('from', 'time-of-day'),
    field('speak', 'flag', { initial: true }),
  )

  it('begins with what the service takes when nothing is said', () => {
    expect(blank(circle)).toEqual({ id: null, centre: '', ids: '', vertices: '', from: '', speak: true })
  })

  it('names what is missing, out of range or unreadable', () => {
    expect(Object.keys(faults(circle, blank(circle)))).toEqual(['id', 'centre'])
    expect(faults(circle, { ...blank(circle), id: 10, centre: '121.4, 31.2' })).toEqual({ id: '须为 1 至 9 的整数' })
    const odd = { ...blank(circle), id: 1, centre: '121.4', ids: '1, x', vertices: '121 31\n122' }
    expect(Object.keys(faults(circle, odd))).toEqual(['centre', 'ids', 'vertices'])
  })

  it('sends numbers and places, and leaves out what was left empty', () => {
    const typed = { ...blank(circle), id: 3, centre: '121.4，31.2', ids: '1 2,3', vertices: '121,31\n\n122,32\n' }
    expect(argumentsOf(circle, typed)).toEqual({
      id: 3,
      centre: [121.4, 31.2],
      ids: [1, 2, 3],
      vertices: [
        [121, 31],
        [122, 32],
      ],
      speak: true,
    })
  })

  it('checks bytes', () => {
    const raw = kind(field('content', 'bytes', { required: true }))
    expect(Object.keys(faults(raw, { content: '0a1' }))).toEqual(['content'])
    expect(faults(raw, { content: '0A1b' })).toEqual({})
  })
})

describe('the words of an answer', () => {
  it('names parameters of the standard, and says that others are the vendor’s', () => {
    expect(parameterHex(0x29)).toBe('0x0029')
    expect(parameterName(0x29)).toBe('缺省汇报间隔')
    expect(parameterName(0xf364)).toBe('厂商自定义参数')
  })

  it('gives the service’s sentences in the language chosen, and others as they came', () => {
    expect(sentence('message 8107 exists since JT/T 808-2013, the terminal speaks 2011')).toBe(
      '消息 8107 自 JT/T 808-2013 起才有，此终端为 2011 版，未下发',
    )
    expect(sentence('no answer, sent 3 times; whether it was done is not known')).toContain('下发 3 次')
    expect(sentence('something new')).toBe('something new')
  })

  it('reads attributes and photographs', () => {
    expect(answerText({ photographs: [17, 18] })).toBe('已拍 2 张，多媒体编号 17、18')
    const lines = answerLines({ maker: 'FWSIM', model: 'M', gnss: 3, radio: 32 })
    expect(lines.at(-2)).toEqual({ label: '定位模块', value: 'GPS BDS' })
    expect(lines.at(-1)).toEqual({ label: '通信模块', value: 'TD-LTE' })
  })
})
