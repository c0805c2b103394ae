import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import type { ExpressionSpecification, GeoJSONSource, MapLayerMouseEvent } from 'maplibre-gl'
import { word } from '../i18n'
import { postTone, type Post } from '../duty/roster'
import { shiftGeometry } from './district'
import { boundsOf, outerRing } from './geometry'
import type { Ground } from './MapCanvas.vue'
import { MARKER_LAYER } from './positionLayer'
import { FONT, FONT_STRONG } from './style'

const AREAS = 'posts'
const LABELS = 'post-labels'

export interface PostLayer {
  show(posts: readonly Post[]): void
  select(postId: string | null): void
  dim(stale: boolean): void
}

/** Draws the posts: outlined and filled by state, with their name and the state in words. */
export function postLayer(ground: Ground, onSelect: (postId: string) => void): PostLayer {
  const { map, colours, scale, district } = ground
  const before = map.getLayer('road-labels') ? 'road-labels' : undefined
  const tone = toneColour(ground)

  map.addSource(AREAS, { type: 'geojson', data: empty() })
  map.addSource(LABELS, { type: 'geojson', data: empty() })
  map.addLayer(
    {
      id: 'post-fill',
      type: 'fill',
      source: AREAS,
      paint: { 'fill-color': tone, 'fill-opacity': ['match', ['get', 'tone'], 'none', 0.06, 0.2] },
    },
    before,
  )
  map.addLayer(
    {
      id: 'post-line',
      type: 'line',
      source: AREAS,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': tone, 'line-width': 1.5 * scale },
    },
    before,
  )
  map.addLayer(
    {
      id: 'post-selected',
      type: 'line',
      source: AREAS,
      filter: ['==', ['get', 'id'], ''],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colours.accent, 'line-width': 3 * scale },
    },
    before,
  )
  map.addLayer({
    id: 'post-names',
    type: 'symbol',
    source: LABELS,
    minzoom: 12,
    layout: {
      'text-field': [
        'format',
        ['get', 'name'],
        { 'text-color': ['match', ['get', 'tone'], 'none', colours.placeLabel, colours.text] },
        '\n',
        {},
        ['get', 'words'],
        { 'text-font': ['literal', FONT], 'text-color': tone },
      ],
      'text-font': FONT_STRONG,
      'text-size': 12 * scale,
      'text-anchor': 'bottom',
      'text-offset': [0, -0.2],
      'text-line-height': 1.35,
      'text-padding': 4,
      // The emptier a post, the surer its label finds room.
      'symbol-sort-key': ['match', ['get', 'tone'], 'critical', 0, 'warning', 1, 'unknown', 2, 'good', 3, 4],
    },
    paint: { 'text-halo-color': colours.halo, 'text-halo-width': 1.6 },
  })
  if (map.getLayer(MARKER_LAYER)) {
    map.moveLayer('post-names', 'position-selected')
  }

  map.on('click', 'post-fill', (event: MapLayerMouseEvent) => {
    const id = event.features?.[0]?.properties?.id as string | undefined
    if (id && !event.defaultPrevented) {
      event.preventDefault()
      onSelect(id)
    }
  })

  return {
    show(posts) {
      const areas = posts.map((post) => area(post, shiftGeometry(post.geometry, district.shown)))
      void (map.getSource(AREAS) as GeoJSONSource).setData({ type: 'FeatureCollection', features: areas })
      void (map.getSource(LABELS) as GeoJSONSource).setData({
        type: 'FeatureCollection',
        features: areas.map((feature) => ({
          ...feature,
          geometry: { type: 'Point', coordinates: topOf(feature.geometry) },
        })),
      })
    },
    select(postId) {
      map.setFilter('post-selected', ['==', ['get', 'id'], postId ?? ''])
    },
    dim(stale) {
      map.setPaintProperty('post-line', 'line-opacity', stale ? 0.4 : 1)
      map.setPaintProperty('post-names', 'text-opacity', stale ? 0.4 : 1)
    },
  }
}

function area(post: Post, geometry: Polygon | MultiPolygon): Feature<Polygon | MultiPolygon> {
  const count = post.state !== null && post.required > 0 ? ` ${post.present}/${post.required}` : ''
  return {
    type: 'Feature',
    geometry,
    properties: {
      id: post.id,
      name: post.name,
      tone: postTone(post.state),
      words: word('postState', post.state ?? 'no-duty') + count,
    },
  }
}

/** The middle of the upper edge: a label there leaves the inside to those who stand in it. */
function topOf(area: Polygon | MultiPolygon): [number, number] {
  const [west, , east, north] = boundsOf(outerRing(area)) ?? [0, 0, 0, 0]
  return [(west + east) / 2, north]
}

function toneColour({ colours }: Ground): ExpressionSpecification {
  const { good, warning, critical, unknown } = colours.tones
  return [
    'match',
    ['get', 'tone'],
    'good',
    good,
    'warning',
    warning,
    'critical',
    critical,
    'unknown',
    unknown,
    colours.boundary,
  ]
}

function empty(): FeatureCollection {
  return { type: 'FeatureCollection', features: [] }
}
