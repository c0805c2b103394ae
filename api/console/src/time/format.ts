/** Times on screen: Beijing time, relative under an hour, exact beyond. */

const ZONE = 'Asia/Shanghai'
const HOUR = 3_600_000

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

interface Fields {
  date: string
  monthDay: string
  year: string
  time: string
  minute: string
}

function fields(at: number): Fields {
  const by: Record<string, string> = {}
  for (const part of parts.formatToParts(at)) {
    by[part.type] = part.value
  }
  return {
    date: `${by.year}-${by.month}-${by.day}`,
    monthDay: `${by.month}-${by.day}`,
    year: by.year ?? '',
    time: `${by.hour}:${by.minute}:${by.second}`,
    minute: `${by.hour}:${by.minute}`,
  }
}

/** `2026-11-21 19:52:07`, Beijing time. */
export function full(at: number | string): string {
  const f = fields(millis(at))
  return `${f.date} ${f.time}`
}

/** `19:52:07`, Beijing time. */
export function timeOfDay(at: number | string): string {
  return fields(millis(at)).time
}

/** `19:52`, Beijing time. */
export function minuteOfDay(at: number | string): string {
  return fields(millis(at)).minute
}

/** `2026-11-21`, the Beijing day of an instant. */
export function day(at: number | string): string {
  return fields(millis(at)).date
}

/** As short as is still exact: the time today, month and day this year, the whole otherwise. */
export function exact(at: number | string, now: number): string {
  const f = fields(millis(at))
  const today = fields(now)
  if (f.date === today.date) {
    return f.time
  }
  return f.year === today.year ? `${f.monthDay} ${f.minute}` : `${f.date} ${f.minute}`
}

/** What the words of a relative time need: a unit and a count, or null when the exact time is to be shown. */
export type Age = { unit: 'now' | 'seconds' | 'minutes'; count: number; ahead: boolean } | null

/** The age of an instant under an hour; small differences of clocks count as now. */
export function age(at: number | string, now: number): Age {
  const difference = now - millis(at)
  const size = Math.abs(difference)
  if (!Number.isFinite(difference) || size >= HOUR) {
    return null
  }
  if (size < 5_000) {
    return { unit: 'now', count: 0, ahead: false }
  }
  const ahead = difference < 0
  return size < 60_000
    ? { unit: 'seconds', count: Math.floor(size / 1000), ahead }
    : { unit: 'minutes', count: Math.floor(size / 60_000), ahead }
}

/** `6:12`, `1:06:12`: a clock running down; negative spans are given by their size. */
export function span(milliseconds: number): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  const h = Math.floor(seconds / 3600)
  const m = Math.floor((seconds % 3600) / 60)
  return h > 0 ? `${h}:${two(m)}:${two(seconds % 60)}` : `${two(m)}:${two(seconds % 60)}`
}

/** Midnight in Beijing of a day `2026-11-21`, as milliseconds. China has had no summer time since 1991. */
export function startOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00+08:00`)
}

/** A wall-clock value `2026-11-21T08:00` of Beijing as ISO-8601 UTC. */
export function fromBeijing(local: string): string {
  const seconds = local.length === 16 ? `${local}:00` : local
  return new Date(Date.parse(`${seconds}+08:00`)).toISOString()
}

/** The wall-clock value `2026-11-21T08:00:00` in Beijing of an instant. */
export function toBeijing(at: number | string): string {
  const f = fields(millis(at))
  return `${f.date}T${f.time}`
}

function millis(at: number | string): number {
  return typeof at === 'number' ? at : Date.parse(at)
}
