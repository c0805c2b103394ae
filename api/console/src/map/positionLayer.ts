import type { Feature, FeatureCollection, Point } from 'geojson'
import type { ExpressionSpecification, GeoJSONSource, MapLayerMouseEvent } from 'maplibre-gl'
import type { LivePosition } from '../live/position'
import { markerShape, markerState, markerTone } from '../situation/appearance'
import type { Ground } from './MapCanvas.vue'
import { CLUSTER_STEPS, markerImage, TONES } from './markers'
import { FONT, FONT_STRONG } from './style'

export const POSITIONS = 'positions'
export const MARKER_LAYER = 'position-markers'
export const CLUSTER_LAYER = 'position-clusters'

/** Devices stand alone from this zoom on; farther out they are counted together. */
const SINGLE_ZOOM = 12
const MOTION = 150

export interface MarkerProperties {
  deviceId: string
  state: string
  tone: string
  image: string
  heading: number
  label: string
  longitude: number
  latitude: number
}

export interface PositionLayer {
  show(positions: Iterable<LivePosition>): void
  select(deviceId: string | null): void
  /** Shows that nothing here is known to be true any longer. */
  dim(stale: boolean): void
  /** What the source holds now. */
  features(): readonly Feature<Point, MarkerProperties>[]
}

/** Draws the live board: markers, their names when near, and clusters when far. */
export function positionLayer(ground: Ground, onSelect: (deviceId: string) => void): PositionLayer {
  const { map, colours, scale, district } = ground
  let features: Feature<Point, MarkerProperties>[] = []

  map.addSource(POSITIONS, {
    type: 'geojson',
    data: collection([]),
    cluster: true,
    clusterRadius: 44 * scale,
    clusterMaxZoom: SINGLE_ZOOM - 1,
    clusterProperties: Object.fromEntries(
      TONES.map((tone) => [tone, ['+', ['case', ['==', ['get', 'tone'], tone], 1, 0]]]),
    ),
  })
  map.addLayer({
    id: 'position-selected',
    type: 'circle',
    source: POSITIONS,
    filter: ['==', ['get', 'deviceId'], ''],
    paint: {
      'circle-radius': 15 * scale,
      'circle-color': colours.accent,
      'circle-opacity': 0.18,
      'circle-stroke-color': colours.accent,
      'circle-stroke-width': 2,
    },
  })
  map.addLayer({
    id: CLUSTER_LAYER,
    type: 'symbol',
    source: POSITIONS,
    filter: ['has', 'point_count'],
    layout: {
      'icon-image': clusterImage(),
      'icon-allow-overlap': true,
      'text-field': ['get', 'point_count_abbreviated'],
      'text-font': FONT_STRONG,
      'text-size': 13 * scale,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': colours.text },
  })
  map.addLayer({
    id: MARKER_LAYER,
    type: 'symbol',
    source: POSITIONS,
    filter: ['!', ['has', 'point_count']],
    layout: {
      'icon-image': ['get', 'image'],
      'icon-rotate': ['get', 'heading'],
      'icon-rotation-alignment': 'map',
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'text-field': ['step', ['zoom'], '', 15, ['get', 'label']],
      'text-font': FONT,
      'text-size': 12 * scale,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': 1.1,
      'text-optional': true,
    },
    paint: { 'text-color': colours.text, 'text-halo-color': colours.halo, 'text-halo-width': 1.4 },
  })

  map.on('click', MARKER_LAYER, (event: MapLayerMouseEvent) => {
    const properties = event.features?.[0]?.properties as MarkerProperties | undefined
    if (properties) {
      event.preventDefault()
      onSelect(properties.deviceId)
    }
  })
  map.on('click', CLUSTER_LAYER, (event: MapLayerMouseEvent) => {
    const feature = event.features?.[0]
    if (feature) {
      event.preventDefault()
      void openCluster(feature as unknown as Feature<Point, { cluster_id: number }>)
    }
  })
  for (const layer of [MARKER_LAYER, CLUSTER_LAYER]) {
    map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'))
    map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''))
  }

  async function openCluster(feature: Feature<Point, { cluster_id: number }>): Promise<void> {
    const zoom = await source().getClusterExpansionZoom(feature.properties.cluster_id)
    const [longitude, latitude] = feature.geometry.coordinates as [number, number]
    map.easeTo({ center: [longitude, latitude], zoom: zoom + 0.2, duration: MOTION })
  }

  function source(): GeoJSONSource {
    return map.getSource(POSITIONS) as GeoJSONSource
  }

  return {
    show(positions) {
      features = []
      for (const position of positions) {
        if (position.longitude !== null && position.latitude !== null) {
          features.push(marker(position, district.shown([position.longitude, position.latitude])))
        }
      }
      void source().setData(collection(features))
    },
    select(deviceId) {
      map.setFilter('position-selected', ['==', ['get', 'deviceId'], deviceId ?? ''])
    },
    dim(stale) {
      map.setPaintProperty(MARKER_LAYER, 'icon-opacity', stale ? 0.4 : 1)
      map.setPaintProperty(MARKER_LAYER, 'text-opacity', stale ? 0.4 : 1)
      map.setPaintProperty(CLUSTER_LAYER, 'icon-opacity', stale ? 0.4 : 1)
    },
    features: () => features,
  }
}

function marker(position: LivePosition, shown: [number, number]): Feature<Point, MarkerProperties> {
  const tone = markerTone(position)
  const shape = markerShape(position)
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: shown },
    properties: {
      deviceId: position.deviceId,
      state: markerState(position),
      tone,
      image: markerImage(shape, tone),
      heading: shape === 'arrow' ? (position.heading ?? 0) : 0,
      label: position.officerName ?? position.name,
      longitude: position.longitude ?? 0,
      latitude: position.latitude ?? 0,
    },
  }
}

function collection(features: Feature<Point, MarkerProperties>[]): FeatureCollection<Point, MarkerProperties> {
  return { type: 'FeatureCollection', features }
}

/** The name of a cluster's image: its tones in twelfths, so that few images serve all clusters. */
function clusterImage(): ExpressionSpecification {
  const parts = TONES.flatMap((tone) => [
    ':',
    ['to-string', ['ceil', ['/', ['*', CLUSTER_STEPS, ['get', tone]], ['get', 'point_count']]]],
  ])
  return ['concat', 'cluster', ...parts] as ExpressionSpecification
}
