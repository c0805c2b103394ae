import type { Feature, FeatureCollection, LineString, Point } from 'geojson'
import { LngLatBounds, type GeoJSONSource } from 'maplibre-gl'
import type { TrackPoint } from '../devices/track'
import { exact } from '../time/format'
import { instant } from '../time/clock'
import { boundsOf } from './geometry'
import type { Ground } from './MapCanvas.vue'
import { MARKER_LAYER } from './positionLayer'
import { FONT_STRONG } from './style'

/** Fixes farther apart than this are joined by a broken line: nobody knows what lies between. */
export const GAP = 180_000

export interface TrackLayer {
  show(fixes: readonly TrackPoint[]): void
  /** Marks one fix with its time; null marks none. */
  mark(fix: TrackPoint | null): void
  /** Shows all of it, or what lies between two instants. */
  fit(padding?: number, from?: number, to?: number): void
  clear(): void
}

/** Draws the track of one device: solid where fixes follow each other, broken over gaps, a dot for each fix when near. */
export function trackLayer(ground: Ground): TrackLayer {
  const { map, colours, scale, district } = ground
  const before = map.getLayer(MARKER_LAYER) ? MARKER_LAYER : undefined
  let shown: [number, number][] = []
  let times: number[] = []

  for (const id of ['track', 'track-fixes', 'track-mark']) {
    map.addSource(id, { type: 'geojson', data: collection([]) })
  }
  const line = (id: string, gap: boolean) =>
    map.addLayer(
      {
        id,
        type: 'line',
        source: 'track',
        filter: ['==', ['get', 'gap'], gap],
        layout: { 'line-join': 'round', 'line-cap': gap ? 'butt' : 'round' },
        paint: {
          'line-color': gap ? colours.tones.unknown : colours.accent,
          'line-width': (gap ? 1.5 : 3) * scale,
          ...(gap ? { 'line-dasharray': [2, 2] } : {}),
        },
      },
      before,
    )
  line('track-gaps', true)
  line('track-line', false)
  map.addLayer(
    {
      id: 'track-fixes',
      type: 'circle',
      source: 'track-fixes',
      minzoom: 15,
      paint: {
        'circle-radius': 2.5 * scale,
        'circle-color': colours.halo,
        'circle-stroke-color': colours.accent,
        'circle-stroke-width': 1.2,
      },
    },
    before,
  )
  map.addLayer({
    id: 'track-mark',
    type: 'circle',
    source: 'track-mark',
    paint: {
      'circle-radius': 6 * scale,
      'circle-color': colours.accent,
      'circle-stroke-color': colours.halo,
      'circle-stroke-width': 2,
    },
  })
  map.addLayer({
    id: 'track-mark-time',
    type: 'symbol',
    source: 'track-mark',
    layout: {
      'text-field': ['get', 'time'],
      'text-font': FONT_STRONG,
      'text-size': 13 * scale,
      'text-anchor': 'left',
      'text-offset': [0.9, 0],
      'text-allow-overlap': true,
    },
    paint: { 'text-color': colours.text, 'text-halo-color': colours.halo, 'text-halo-width': 1.8 },
  })

  const set = (id: string, features: Feature[]) =>
    void (map.getSource(id) as GeoJSONSource).setData(collection(features))

  return {
    show(fixes) {
      shown = fixes.map((fix) => district.shown([fix.longitude, fix.latitude]))
      times = fixes.map(({ fixTime }) => Date.parse(fixTime))
      set('track', lines(fixes, shown))
      set(
        'track-fixes',
        shown.map((place) => point(place, {})),
      )
    },
    mark(fix) {
      const time = fix && exact(fix.fixTime, instant())
      set('track-mark', fix ? [point(district.shown([fix.longitude, fix.latitude]), { time })] : [])
    },
    fit(padding = 64, from = -Infinity, to = Infinity) {
      // The map may have been given another size in the same breath.
      map.resize()
      const bounds = boundsOf(shown.filter((_, i) => times[i]! >= from && times[i]! <= to))
      if (bounds) {
        map.fitBounds(new LngLatBounds(bounds), { padding, maxZoom: 16, duration: 0 })
      }
    },
    clear() {
      shown = []
      times = []
      set('track', [])
      set('track-fixes', [])
      set('track-mark', [])
    },
  }
}

/** Whether nobody knows the way from one to the next. */
export function gapBetween(before: TrackPoint, fix: TrackPoint): boolean {
  return fix.gap ?? Date.parse(fix.fixTime) - Date.parse(before.fixTime) > GAP
}

/** The track cut into runs, and the gaps between them. */
export function lines(fixes: readonly TrackPoint[], places: readonly [number, number][]): Feature<LineString>[] {
  const features: Feature<LineString>[] = []
  let run: [number, number][] = []
  const add = (coordinates: [number, number][], gap: boolean) => {
    if (coordinates.length > 1) {
      features.push({ type: 'Feature', properties: { gap }, geometry: { type: 'LineString', coordinates } })
    }
  }
  fixes.forEach((fix, i) => {
    const before = fixes[i - 1]
    if (before && gapBetween(before, fix)) {
      add(run, false)
      add([places[i - 1]!, places[i]!], true)
      run = []
    }
    run.push(places[i]!)
  })
  add(run, false)
  return features
}

function point(coordinates: [number, number], properties: Record<string, unknown>): Feature<Point> {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates } }
}

function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features }
}
