import type { Feature, Point } from 'geojson'
import type { GeoJSONSource, MapLayerMouseEvent } from 'maplibre-gl'
import type { Tone } from '../duty/presence'
import { streamTone, type Stream } from '../video/stream'
import type { Ground } from './MapCanvas.vue'
import { MARKER_LAYER } from './positionLayer'
import { FONT } from './style'

const CAMERAS = 'cameras'
/** Fields of view are drawn in steps of so many degrees, so that few images serve all cameras. */
const STEP = 15
/** What is drawn of a camera whose field of view is not known. */
const USUAL = 60
/** Pixels from the camera to the edge of its field of view. */
const REACH = 34
const RATIO = 2

export interface CameraLayer {
  show(streams: readonly Stream[]): void
  select(streamId: string | null): void
  /** Rings those whose pictures are on the wall. */
  mark(streamIds: readonly string[]): void
}

/** Draws the cameras that have a place: a wedge that looks where they look, in the colour of their state. */
export function cameraLayer(ground: Ground, onSelect: (streamId: string) => void): CameraLayer {
  const { map, colours, scale, district } = ground
  map.addSource(CAMERAS, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
  const before = map.getLayer('position-selected') ? 'position-selected' : undefined
  map.addLayer(
    {
      id: 'camera-selected',
      type: 'circle',
      source: CAMERAS,
      filter: ['==', ['get', 'id'], ''],
      paint: {
        'circle-radius': 13 * scale,
        'circle-color': colours.accent,
        'circle-opacity': 0.18,
        'circle-stroke-color': colours.accent,
        'circle-stroke-width': 2,
      },
    },
    before,
  )
  map.addLayer(
    {
      id: 'camera-marked',
      type: 'circle',
      source: CAMERAS,
      filter: ['in', ['get', 'id'], ['literal', []]],
      paint: {
        'circle-radius': 9 * scale,
        'circle-opacity': 0,
        'circle-stroke-color': colours.accent,
        'circle-stroke-width': 2,
      },
    },
    before,
  )
  map.addLayer(
    {
      id: CAMERAS,
      type: 'symbol',
      source: CAMERAS,
      minzoom: 11.5,
      layout: {
        'icon-image': ['get', 'image'],
        'icon-rotate': ['get', 'heading'],
        'icon-rotation-alignment': 'map',
        'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.5, 14, 0.8, 16, 1],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'text-field': ['step', ['zoom'], '', 15.5, ['get', 'name']],
        'text-font': FONT,
        'text-size': 12 * scale,
        'text-anchor': 'top',
        'text-offset': [0, 0.7],
        'text-optional': true,
      },
      paint: { 'text-color': colours.placeLabel, 'text-halo-color': colours.halo, 'text-halo-width': 1.4 },
    },
    before,
  )
  map.on('click', CAMERAS, (event: MapLayerMouseEvent) => {
    // A wedge is large and see-through: who stands in it is meant first.
    const markers = map.getLayer(MARKER_LAYER) ? map.queryRenderedFeatures(event.point, { layers: [MARKER_LAYER] }) : []
    const id = event.features?.[0]?.properties?.id as string | undefined
    if (id && markers.length === 0 && !event.defaultPrevented) {
      event.preventDefault()
      onSelect(id)
    }
  })
  map.on('mouseenter', CAMERAS, () => (map.getCanvas().style.cursor = 'pointer'))
  map.on('mouseleave', CAMERAS, () => (map.getCanvas().style.cursor = ''))

  function feature(stream: Stream): Feature<Point> | null {
    if (!stream.location) {
      return null
    }
    const tone = streamTone(stream.state) === 'good' ? 'neutral' : streamTone(stream.state)
    const angle = typeof stream.heading === 'number' ? drawnAngle(stream.fieldOfView) : 0
    const image = `camera:${tone}:${angle}`
    if (!map.hasImage(image)) {
      map.addImage(image, drawCamera(colours.tones[tone], colours.halo, angle, tone, scale), { pixelRatio: RATIO })
    }
    const [longitude, latitude] = district.shown([stream.location.longitude, stream.location.latitude])
    return {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [longitude, latitude] },
      properties: { id: stream.id, name: stream.name, image, heading: stream.heading ?? 0 },
    }
  }

  return {
    show(streams) {
      const features = streams.map(feature).filter((each) => each !== null)
      void (map.getSource(CAMERAS) as GeoJSONSource).setData({ type: 'FeatureCollection', features })
    },
    select(streamId) {
      map.setFilter('camera-selected', ['==', ['get', 'id'], streamId ?? ''])
    },
    mark(streamIds) {
      map.setFilter('camera-marked', ['in', ['get', 'id'], ['literal', [...streamIds]]])
    },
  }
}

/** The field of view as it is drawn, degrees. */
export function drawnAngle(fieldOfView: number | null | undefined): number {
  const steps = Math.round((fieldOfView ?? USUAL) / STEP)
  return Math.min(360, Math.max(1, steps) * STEP)
}

/** A camera that looks north: its wedge, fading outwards, and its body; a stroke through it when it has no picture. */
function drawCamera(colour: string, halo: string, angle: number, tone: Tone, scale: number): ImageData {
  const size = Math.round((REACH + 2) * 2 * scale * RATIO)
  const element = document.createElement('canvas')
  element.width = element.height = size
  const g = element.getContext('2d', { willReadFrequently: true })
  if (!g) {
    throw new Error('this browser draws no 2D canvas')
  }
  g.translate(size / 2, size / 2)
  g.scale(scale * RATIO, scale * RATIO)
  if (angle > 0) {
    const half = (angle * Math.PI) / 360
    const fade = g.createRadialGradient(0, 0, 4, 0, 0, REACH)
    fade.addColorStop(0, `${colour}8c`)
    fade.addColorStop(1, `${colour}1f`)
    g.fillStyle = fade
    g.beginPath()
    g.moveTo(0, 0)
    g.arc(0, 0, REACH, -Math.PI / 2 - half, -Math.PI / 2 + half)
    g.closePath()
    g.fill()
  }
  g.fillStyle = colour
  g.strokeStyle = halo
  g.lineWidth = 1.5
  g.beginPath()
  g.roundRect(-4, -5, 8, 11, 1.5)
  g.fill()
  g.stroke()
  if (tone === 'critical' || tone === 'warning') {
    g.strokeStyle = halo
    g.lineWidth = 2
    g.beginPath()
    g.moveTo(-3, -3)
    g.lineTo(3, 4)
    g.stroke()
  }
  return g.getImageData(0, 0, size, size)
}
