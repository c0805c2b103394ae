import type { Feature, Point } from 'geojson'
import type { GeoJSONSource, MapMouseEvent } from 'maplibre-gl'
import type { LonLat } from './datum'
import type { Ground } from './MapCanvas.vue'

export interface Outline {
  /** Corners in WGS-84, not repeated at the end. */
  corners: LonLat[]
  closed: boolean
}

export interface PolygonEditor {
  /** Starts anew; an empty outline is drawn by clicking. */
  set(outline: Outline): void
  /** Takes the last corner back while drawing. */
  undo(): void
  stop(): void
}

/** How near, in pixels, a click is taken for a corner. */
const REACH = 12
/** More corners than a street post ever needs. */
const MOST_CORNERS = 200

/**
 * Draws and changes a polygon by mouse: clicks add corners, a click on the first one or a double click closes; then
 * corners are dragged, the small ones between make new corners, and a right click takes one away.
 */
export function polygonEditor(ground: Ground, onChange: (outline: Outline) => void): PolygonEditor {
  const { map, colours, district } = ground
  let corners: LonLat[] = []
  let closed = false
  let dragged = -1
  let pointer: LonLat | null = null

  map.addSource('draw', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
  map.addLayer({
    id: 'draw-fill',
    type: 'fill',
    source: 'draw',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': colours.accent, 'fill-opacity': 0.18 },
  })
  map.addLayer({
    id: 'draw-line',
    type: 'line',
    source: 'draw',
    filter: ['!=', ['geometry-type'], 'Point'],
    paint: { 'line-color': colours.accent, 'line-width': 2 },
  })
  map.addLayer({
    id: 'draw-corners',
    type: 'circle',
    source: 'draw',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': ['case', ['get', 'middle'], 4, 6],
      'circle-color': ['case', ['get', 'middle'], colours.accent, colours.halo],
      'circle-stroke-color': colours.accent,
      'circle-stroke-width': 2,
      'circle-opacity': ['case', ['get', 'middle'], 0.5, 1],
    },
  })
  map.doubleClickZoom.disable()
  map.getCanvas().style.cursor = 'crosshair'

  const onClick = (event: MapMouseEvent) => {
    if (closed) {
      return
    }
    const nearest = cornerAt(event)
    if (nearest === 0 && corners.length >= 3) {
      close()
    } else if (nearest < 0 && corners.length < MOST_CORNERS) {
      corners.push([event.lngLat.lng, event.lngLat.lat])
      changed()
    }
  }
  const onDoubleClick = (event: MapMouseEvent) => {
    event.preventDefault()
    if (!closed && corners.length >= 3) {
      close()
    }
  }
  const onDown = (event: MapMouseEvent) => {
    if (!closed || event.originalEvent.button !== 0) {
      return
    }
    dragged = cornerAt(event)
    if (dragged < 0) {
      const between = middleAt(event)
      if (between >= 0 && corners.length < MOST_CORNERS) {
        corners.splice(between + 1, 0, [event.lngLat.lng, event.lngLat.lat])
        dragged = between + 1
      }
    }
    if (dragged >= 0) {
      event.preventDefault()
    }
  }
  const onMove = (event: MapMouseEvent) => {
    pointer = [event.lngLat.lng, event.lngLat.lat]
    if (dragged >= 0) {
      corners[dragged] = pointer
      draw()
    } else if (!closed && corners.length > 0) {
      draw()
    } else if (closed) {
      map.getCanvas().style.cursor = cornerAt(event) >= 0 || middleAt(event) >= 0 ? 'move' : ''
    }
  }
  const onUp = () => {
    if (dragged >= 0) {
      dragged = -1
      changed()
    }
  }
  const onRightClick = (event: MapMouseEvent) => {
    const at = cornerAt(event)
    if (at >= 0 && (!closed || corners.length > 3)) {
      corners.splice(at, 1)
      changed()
    }
  }
  map.on('click', onClick)
  map.on('dblclick', onDoubleClick)
  map.on('mousedown', onDown)
  map.on('mousemove', onMove)
  map.on('mouseup', onUp)
  map.on('contextmenu', onRightClick)

  function close(): void {
    closed = true
    map.getCanvas().style.cursor = ''
    changed()
  }

  function changed(): void {
    draw()
    onChange({ corners: corners.map((corner) => district.true(corner)), closed })
  }

  function cornerAt({ point }: MapMouseEvent): number {
    return corners.findIndex((corner) => map.project(corner).dist(point) <= REACH)
  }

  function middleAt({ point }: MapMouseEvent): number {
    return middles().findIndex((middle) => map.project(middle).dist(point) <= REACH)
  }

  function middles(): LonLat[] {
    return closed
      ? corners.map(([x, y], i) => {
          const [nextX, nextY] = corners[(i + 1) % corners.length]!
          return [(x + nextX) / 2, (y + nextY) / 2]
        })
      : []
  }

  function draw(): void {
    const features: Feature[] = []
    const line = closed || !pointer ? corners : [...corners, pointer]
    if (closed || line.length > 2) {
      features.push(feature({ type: 'Polygon', coordinates: [[...line, line[0]!]] }))
    } else if (line.length === 2) {
      features.push(feature({ type: 'LineString', coordinates: line }))
    }
    features.push(...middles().map((place) => handle(place, true)), ...corners.map((place) => handle(place, false)))
    void (map.getSource('draw') as GeoJSONSource).setData({ type: 'FeatureCollection', features })
  }

  return {
    set(outline) {
      corners = outline.corners.map((corner) => district.shown(corner))
      closed = outline.closed
      map.getCanvas().style.cursor = closed ? '' : 'crosshair'
      draw()
    },
    undo() {
      if (!closed && corners.length > 0) {
        corners.pop()
        changed()
      }
    },
    stop() {
      map.off('click', onClick)
      map.off('dblclick', onDoubleClick)
      map.off('mousedown', onDown)
      map.off('mousemove', onMove)
      map.off('mouseup', onUp)
      map.off('contextmenu', onRightClick)
      map.doubleClickZoom.enable()
      map.getCanvas().style.cursor = ''
      for (const layer of ['draw-corners', 'draw-line', 'draw-fill']) {
        map.removeLayer(layer)
      }
      map.removeSource('draw')
    },
  }
}

function feature(geometry: Feature['geometry']): Feature {
  return { type: 'Feature', properties: {}, geometry }
}

function handle(coordinates: LonLat, middle: boolean): Feature<Point> {
  return { type: 'Feature', properties: { middle }, geometry: { type: 'Point', coordinates } }
}
