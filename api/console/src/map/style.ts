import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson'
import type { District } from './district'
import type { Palette } from './palette'

/**
 * The fonts of labels. The style names no glyph server, so MapLibre draws every character, Latin and Chinese, from the
 * fonts of the machine, and nothing is fetched or shipped. The first name only carries the weight; no such font exists.
 */
export const FONT = ['Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'sans-serif']
export const FONT_STRONG = ['Farwatch Semibold', ...FONT]

const WIDTHS: Record<string, [number, number, number]> = {
  // Width in pixels at zoom 11, 14 and 17.
  lane: [0, 1.6, 8],
  secondary: [0.6, 3, 14],
  primary: [1.2, 5, 20],
  trunk: [2.4, 8, 28],
}

const CLASSES = ['lane', 'secondary', 'primary', 'trunk'] as const

/**
 * The style of the ground, from the district's own layers, or from raster tiles when the bureau has them.
 *
 * @param scale 1, or 1.5 on a wall
 */
export function groundStyle(district: District, colours: Palette, scale: number): StyleSpecification {
  const { layers: data, tileUrl } = district
  const layers: LayerSpecification[] = [
    { id: 'background', type: 'background', paint: { 'background-color': colours.background } },
  ]
  const sources: StyleSpecification['sources'] = {}
  if (tileUrl) {
    sources.tiles = { type: 'raster', tiles: [tileUrl], tileSize: 256, attribution: district.attribution ?? '' }
    layers.push({ id: 'tiles', type: 'raster', source: 'tiles' })
  } else {
    for (const name of ['blocks', 'water', 'green', 'roads', 'places'] as const) {
      sources[name] = { type: 'geojson', data: data[name] }
    }
    layers.push(
      area('blocks', colours.block),
      area('green', colours.green),
      area('water', colours.water),
      ...CLASSES.map((name) => road(name, `${name}-casing`, colours.casing, 2)),
      ...CLASSES.map((name) => road(name, name, colours[name], 0)),
    )
  }
  sources.outside = { type: 'geojson', data: outside(district) }
  sources.district = { type: 'geojson', data: data.district }
  layers.push(
    area('outside', colours.outside, tileUrl ? 0.4 : 0.72),
    {
      id: 'district-line',
      type: 'line',
      source: 'district',
      paint: { 'line-color': colours.boundary, 'line-width': 1.4, 'line-dasharray': [5, 3] },
    },
  )
  if (!tileUrl) {
    layers.push(roadLabels(colours, scale), placeLabels(colours, scale))
  }
  return { version: 8, sources, layers }
}

function area(source: string, colour: string, opacity = 1): LayerSpecification {
  return { id: source, type: 'fill', source, paint: { 'fill-color': colour, 'fill-opacity': opacity } }
}

function road(name: string, id: string, colour: string, extra: number): LayerSpecification {
  const [far, middle, near] = WIDTHS[name] ?? [1, 2, 4]
  return {
    id: `road-${id}`,
    type: 'line',
    source: 'roads',
    filter: ['==', ['get', 'class'], name],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': colour,
      'line-width': [
        'interpolate',
        ['exponential', 1.5],
        ['zoom'],
        11,
        far === 0 ? 0 : far + extra * 0.5,
        14,
        middle + extra,
        17,
        near + extra,
      ],
    },
  }
}

function roadLabels(colours: Palette, scale: number): LayerSpecification {
  return {
    id: 'road-labels',
    type: 'symbol',
    source: 'roads',
    minzoom: 12.5,
    filter: ['has', 'name'],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 420,
      'text-field': ['get', 'name'],
      'text-font': FONT,
      'text-size': 12 * scale,
      'text-letter-spacing': 0.08,
      'symbol-sort-key': classRank(),
    },
    paint: { 'text-color': colours.roadLabel, 'text-halo-color': colours.halo, 'text-halo-width': 1.4 },
  }
}

/** Greater roads win the room for their label. */
function classRank(): ExpressionSpecification {
  return ['match', ['get', 'class'], 'trunk', 0, 'primary', 1, 'secondary', 2, 3]
}

function placeLabels(colours: Palette, scale: number): LayerSpecification {
  return {
    id: 'place-labels',
    type: 'symbol',
    source: 'places',
    minzoom: 12,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': FONT,
      'text-size': 12 * scale,
      'text-max-width': 8,
      'text-padding': 12,
    },
    paint: { 'text-color': colours.placeLabel, 'text-halo-color': colours.halo, 'text-halo-width': 1.4 },
  }
}

/** Everything that is not the district, so that it recedes; nothing when there is no district. */
function outside(district: District): Feature<Polygon> | { type: 'FeatureCollection'; features: [] } {
  const holes: Position[][] = []
  for (const { geometry } of district.layers.district.features) {
    if (geometry?.type === 'Polygon') {
      holes.push(...outerRings(geometry))
    } else if (geometry?.type === 'MultiPolygon') {
      holes.push(...outerRings(geometry))
    }
  }
  if (holes.length === 0) {
    return { type: 'FeatureCollection', features: [] }
  }
  const world: Position[] = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]]
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [world, ...holes] } }
}

function outerRings(geometry: Polygon | MultiPolygon): Position[][] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return polygons.flatMap((rings) => (rings[0] ? [rings[0]] : []))
}
