import { describe, expect, it } from 'vitest'
import { nearby } from './nearby'
import type { Stream } from './stream'

function camera(id: string, longitude?: number, latitude?: number): Stream {
  const location = longitude === undefined || latitude === undefined ? null : { longitude, latitude }
  return { id, name: id, record: false, loudspeaker: false, fetch: 'on-demand', state: 'idle', location, version: 1 }
}

describe('the cameras within a view of the map', () => {
  const view = [121.4, 31.2, 121.5, 31.3] as const

  it('stand nearest to its middle first; those outside of it and those without a place are left out', () => {
    const streams = [camera('corner', 121.401, 31.201), camera('outside', 121.6, 31.25), camera('middle', 121.45, 31.251), camera('nowhere')]
    expect(nearby(streams, view).map(({ id }) => id)).toEqual(['middle', 'corner'])
  })

  it('are compared by distance on the ground, not by degrees', () => {
    const streams = [camera('north', 121.45, 31.27), camera('east', 121.472, 31.25)]
    expect(nearby(streams, view).map(({ id }) => id)).toEqual(['east', 'north'])
  })
})
