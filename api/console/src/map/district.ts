import type { Feature, FeatureCollection, Geometry, Position } from 'geojson'
import { get } from '../http/client'
import { fromDisplay, toDisplay, type Datum, type LonLat } from './datum'

/** The layers of the district that the service holds. */
export const LAYERS = ['district', 'roads', 'blocks', 'water', 'green', 'places'] as const
export type LayerName = (typeof LAYERS)[number]

interface MapAnswer {
  center: LonLat
  zoom: number
  bounds: [number, number, number, number] | null
  tileUrl: string | null
  tileDatum: Datum | null
  attribution: string | null
}

/** The ground of every map: where it looks, what it draws, and the datum it draws in. */
export interface District extends MapAnswer {
  layers: Record<LayerName, FeatureCollection>
  datum: Datum
  /** WGS-84 to the map's datum. */
  shown(place: LonLat): LonLat
  /** The map's datum to WGS-84. */
  true(place: LonLat): LonLat
}

let loading: Promise<District> | null = null

/** Reads the district once; a failed read is tried again by the next caller. */
export function district(): Promise<District> {
  loading ??= read().catch((thrown: unknown) => {
    loading = null
    throw thrown
  })
  return loading
}

async function read(): Promise<District> {
  const [map, ...collections] = await Promise.all([
    get<MapAnswer>('/map'),
    ...LAYERS.map((name) => get<FeatureCollection>(`/map/layers/${name}`)),
  ])
  // Without tiles there is nothing to fit to, whatever datum is configured.
  const datum = (map.tileUrl && map.tileDatum) || 'WGS84'
  const shown = (place: LonLat) => toDisplay(datum, place)
  const layers = Object.fromEntries(
    LAYERS.map((name, i) => [name, shift(collections[i] ?? { type: 'FeatureCollection', features: [] }, shown)]),
  ) as Record<LayerName, FeatureCollection>
  return { ...map, layers, datum, shown, true: (place) => fromDisplay(datum, place) }
}

function shift(collection: FeatureCollection, move: (place: LonLat) => LonLat): FeatureCollection {
  return {
    ...collection,
    features: collection.features.map((feature: Feature) => ({
      ...feature,
      geometry: shiftGeometry(feature.geometry, move),
    })),
  }
}

/** A geometry with every position moved; altitudes are dropped. */
export function shiftGeometry<G extends Geometry>(geometry: G, move: (place: LonLat) => LonLat): G {
  if (geometry.type === 'GeometryCollection') {
    return { ...geometry, geometries: geometry.geometries.map((part) => shiftGeometry(part, move)) }
  }
  return { ...geometry, coordinates: shiftAll(geometry.coordinates, move) } as G
}

type Nested = Position | Nested[]

function shiftAll(coordinates: unknown, move: (place: LonLat) => LonLat): Nested {
  const list = coordinates as Nested[]
  if (typeof list[0] === 'number') {
    const [longitude, latitude] = list as unknown as LonLat
    return move([longitude, latitude])
  }
  return list.map((inner) => shiftAll(inner, move))
}
