import { describe, expect, it } from 'vitest'
import { columns, latest, rows, tone, unexplained, type Cell } from './cells'

const START = Date.parse('2026-03-01T16:00:00Z')
const DAY = 86_400_000

function cell(id: string, day: number, required: number, recorded: number, explained = 0): Cell {
  return {
    squadId: id,
    squadName: `${id} 中队`,
    from: new Date(START + day * DAY).toISOString(),
    to: new Date(START + (day + 1) * DAY).toISOString(),
    requiredSeconds: required,
    recordedSeconds: recorded,
    ratio: required === 0 ? null : recorded / required,
    explainedSeconds: explained,
  }
}

describe('cells', () => {
  it('makes a column of each day or hour that is begun', () => {
    expect(columns(START, START + 2.5 * DAY, 'day')).toEqual([START, START + DAY, START + 2 * DAY])
    expect(columns(START, START + DAY, 'hour')).toHaveLength(24)
    expect(columns(START, START, 'day')).toEqual([])
  })

  it('puts the squad that misses most on top, and leaves days without requirements empty', () => {
    const made = rows([cell('1', 0, 100, 100), cell('2', 0, 100, 100), cell('2', 2, 100, 10)], columns(START, START + 3 * DAY, 'day'), '-')
    expect(made.map(({ id }) => id)).toEqual(['2', '1'])
    expect(made[0]!.cells.map((one) => one?.ratio ?? null)).toEqual([1, null, 0.1])
    expect(made[0]!.recordedSeconds).toBe(110)
  })

  it('finds the column of a cell that begins within it', () => {
    const late = { ...cell('1', 1, 50, 50), from: new Date(START + DAY + 5_000).toISOString() }
    expect(rows([late], columns(START, START + 2 * DAY, 'day'), '-')[0]!.cells[1]).toEqual(late)
  })

  it('names what belongs to no squad', () => {
    const { squadId: _, squadName: __, ...nobody } = cell('', 0, 10, 10)
    expect(rows([nobody], [START], '无中队')[0]).toMatchObject({ id: '', name: '无中队' })
  })

  it('says complete only of what is', () => {
    expect(tone(cell('1', 0, 100, 100))).toBe('good')
    expect(tone(cell('1', 0, 100, 99.9))).toBe('warning')
    expect(tone(cell('1', 0, 100, 94))).toBe('critical')
    expect(unexplained(cell('1', 0, 100, 90, 10))).toBe(false)
    expect(unexplained(cell('1', 0, 100, 90, 9))).toBe(true)
  })

  it('counts today among the latest days, by the clock of Beijing', () => {
    expect(latest(Date.parse('2026-03-01T16:30:00Z'), 2)).toEqual(['2026-03-01', '2026-03-02'])
  })
})
