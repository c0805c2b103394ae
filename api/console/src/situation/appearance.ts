import { presenceTone, type Tone } from '../duty/presence'
import type { LivePosition } from '../live/position'
import type { Shape } from '../map/markers'

/** What a marker says: the presence of a duty, else whether the device is connected. */
export function markerState(position: LivePosition): string {
  if (!position.online) {
    return position.presence === 'off-post' || position.presence === 'absent' ? position.presence : 'offline'
  }
  return position.presence ?? 'online'
}

export function markerTone(position: LivePosition): Tone {
  const state = markerState(position)
  switch (state) {
    case 'online':
      return 'good'
    case 'offline':
      return 'unknown'
    default:
      return presenceTone(state)
  }
}

/** Vehicles are arrows, or diamonds when their heading is not known; people are dots, rings when off duty. */
export function markerShape(position: LivePosition): Shape {
  if (isVehicle(position.kind)) {
    return typeof position.heading === 'number' ? 'arrow' : 'diamond'
  }
  if (isWorn(position.kind)) {
    return !position.presence ? 'ring' : 'dot'
  }
  return 'square'
}

export function isVehicle(kind: string): boolean {
  return kind === 'vehicle-terminal' || kind === 'drone'
}

/** Devices that a person carries. */
export function isWorn(kind: string): boolean {
  return kind === 'body-camera' || kind === 'handset' || kind === 'radio'
}

export interface LegendCount {
  key: string
  shape: Shape
  tone: Tone
  count: number
}

/** The legend: people by state, then what drives and what stands. States that nobody is in are left out. */
export function legendOf(positions: Iterable<LivePosition>): LegendCount[] {
  const people = new Map<string, number>()
  let vehicles = 0
  let offlineVehicles = 0
  let others = 0
  for (const position of positions) {
    if (isVehicle(position.kind)) {
      vehicles += position.online ? 1 : 0
      offlineVehicles += position.online ? 0 : 1
    } else if (isWorn(position.kind)) {
      const state = markerState(position)
      people.set(state, (people.get(state) ?? 0) + 1)
    } else {
      others += 1
    }
  }
  const legend: LegendCount[] = []
  const add = (key: string, shape: Shape, tone: Tone, count: number) => {
    if (count > 0) {
      legend.push({ key, shape, tone, count })
    }
  }
  for (const state of ['on-post', 'on-task', 'travelling', 'break', 'late', 'left-early', 'off-post', 'absent', 'doubtful', 'unknown']) {
    add(`presence.${state}`, 'dot', presenceTone(state), people.get(state) ?? 0)
  }
  add('legend.offDuty', 'ring', 'good', people.get('online') ?? 0)
  add('legend.offline', 'ring', 'unknown', people.get('offline') ?? 0)
  add('legend.vehicles', 'arrow', 'good', vehicles)
  add('legend.offlineVehicles', 'arrow', 'unknown', offlineVehicles)
  add('legend.others', 'square', 'good', others)
  return legend
}
