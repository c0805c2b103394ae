import type { MultiPolygon, Polygon, Position } from 'geojson'
import type { LonLat } from './datum'

const EARTH_RADIUS = 6_371_008.8

/** Metres between two places on the sphere; enough for what a screen shows. */
export function metresBetween([lon1, lat1]: LonLat, [lon2, lat2]: LonLat): number {
  const rad = Math.PI / 180
  const a =
    Math.sin(((lat2 - lat1) * rad) / 2) ** 2 +
    Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(a)))
}

/** The outer ring of an area; of several parts that with the most corners, which is the one worth showing small. */
export function outerRing(area: Polygon | MultiPolygon): LonLat[] {
  const parts = area.type === 'Polygon' ? [area.coordinates] : area.coordinates
  const rings = parts.map((rings) => (rings[0] ?? []) as LonLat[])
  return rings.reduce((longest, ring) => (ring.length > longest.length ? ring : longest), [])
}

/** The centroid of an area's outer ring: where its label stands. A ring without area gives its first corner. */
export function labelPoint(area: Polygon | MultiPolygon): LonLat {
  const ring = outerRing(area)
  const [x0, y0] = (ring[0] ?? [0, 0]) as LonLat
  let twice = 0
  let x = 0
  let y = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    // Relative to the first corner: the products of whole degrees would lose the digits that matter.
    const [ax, ay] = relative(ring[i]!, x0, y0)
    const [bx, by] = relative(ring[i + 1]!, x0, y0)
    const cross = ax * by - bx * ay
    twice += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return twice === 0 ? [x0, y0] : [x0 + x / (3 * twice), y0 + y / (3 * twice)]
}

/** West, south, east, north of some places; null when there are none. */
export function boundsOf(places: Iterable<Position>): [number, number, number, number] | null {
  let bounds: [number, number, number, number] | null = null
  for (const place of places) {
    const [x, y] = place as LonLat
    bounds = bounds
      ? [Math.min(bounds[0], x), Math.min(bounds[1], y), Math.max(bounds[2], x), Math.max(bounds[3], y)]
      : [x, y, x, y]
  }
  return bounds
}

/** Whether two edges of an open ring cross: such an area has no inside. */
export function crossesItself(corners: readonly LonLat[]): boolean {
  const n = corners.length
  for (let i = 0; i < n; i++) {
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) {
        continue
      }
      if (cross(corners[i]!, corners[(i + 1) % n]!, corners[j]!, corners[(j + 1) % n]!)) {
        return true
      }
    }
  }
  return false
}

function cross(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

function side(a: LonLat, b: LonLat, p: LonLat): number {
  return Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))
}

function relative(place: Position, x0: number, y0: number): LonLat {
  const [x, y] = place as LonLat
  return [x - x0, y - y0]
}
