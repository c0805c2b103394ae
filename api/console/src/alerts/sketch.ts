import type { Position } from 'geojson'
import type { Post } from '../duty/roster'
import type { LonLat } from '../map/datum'
import type { District } from '../map/district'
import { labelPoint, metresBetween } from '../map/geometry'
import type { Alert } from './alert'

export const WIDTH = 104
export const HEIGHT = 68
const MARGIN = 12
/** A sketch shows at least so many metres from edge to edge. */
const LEAST = 160
/** Beyond this a post is not what the alert is about. */
const NEAR = 2_000

export interface Sketch {
  x: number
  y: number
  post: string | null
  /** From the post to the place. */
  way: string | null
  roads: string[]
}

/** The post that an alert is about: the one it names, or else the nearest for an alert of absence. */
export function postOf(alert: Alert, posts: readonly Post[]): Post | null {
  if (alert.postId) {
    return posts.find(({ id }) => id === alert.postId) ?? null
  }
  if (alert.kind !== 'off-post' || !alert.location) {
    return null
  }
  const place: LonLat = [alert.location.longitude, alert.location.latitude]
  let nearest: Post | null = null
  let least = NEAR
  for (const post of posts) {
    const metres = metresBetween(place, labelPoint(post.geometry))
    if (metres < least) {
      nearest = post
      least = metres
    }
  }
  return nearest
}

/** Paths in the sketch's own pixels, north up, with post and place well inside. */
export function sketchOf(place: LonLat, ring: readonly LonLat[], ground: District | null): Sketch {
  const view = viewOf([place, ...ring])
  const at = (p: LonLat) => view(p).map((n) => n.toFixed(1))
  const path = (line: readonly LonLat[]) => line.map((p, i) => `${i === 0 ? 'M' : 'L'}${at(p).join(' ')}`).join('')
  const [x, y] = view(place)
  const centre = ring.length > 2 ? labelPoint({ type: 'Polygon', coordinates: [[...ring]] }) : null
  return {
    x,
    y,
    post: ring.length > 2 ? `${path(ring)}Z` : null,
    way: centre ? path([centre, place]) : null,
    roads: ground ? roadsNear(ground, view).map(path) : [],
  }
}

function viewOf(places: readonly LonLat[]): (place: LonLat) => LonLat {
  const lons = places.map(([lon]) => lon)
  const lats = places.map(([, lat]) => lat)
  const centre: LonLat = [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2]
  const squeeze = Math.cos((centre[1] * Math.PI) / 180)
  const degree = 111_195
  const wide = Math.max(LEAST, (Math.max(...lons) - Math.min(...lons)) * degree * squeeze)
  const high = Math.max((LEAST * HEIGHT) / WIDTH, (Math.max(...lats) - Math.min(...lats)) * degree)
  const scale = Math.min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
  return ([lon, lat]) => [
    WIDTH / 2 + (lon - centre[0]) * degree * squeeze * scale,
    HEIGHT / 2 - (lat - centre[1]) * degree * scale,
  ]
}

function roadsNear(ground: District, view: (place: LonLat) => LonLat): LonLat[][] {
  const near: LonLat[][] = []
  const take = (line: Position[]) => {
    for (let i = 0; i + 1 < line.length; i++) {
      const a = line[i] as LonLat
      const b = line[i + 1] as LonLat
      if (touches(view(a), view(b))) {
        near.push([a, b])
      }
    }
  }
  for (const { geometry } of ground.layers.roads.features) {
    if (geometry.type === 'LineString') {
      take(geometry.coordinates)
    } else if (geometry.type === 'MultiLineString') {
      geometry.coordinates.forEach(take)
    }
  }
  return near
}

/** Whether the box around a stretch meets the sketch; the picture clips the rest. */
function touches([ax, ay]: LonLat, [bx, by]: LonLat): boolean {
  return Math.max(ax, bx) >= 0 && Math.min(ax, bx) <= WIDTH && Math.max(ay, by) >= 0 && Math.min(ay, by) <= HEIGHT
}
