import type { Map as GlMap } from 'maplibre-gl'
import { MARKER_LAYER, type MarkerProperties, type PositionLayer } from '../map/positionLayer'

/** A device as the map has it. */
export interface ShownPosition {
  deviceId: string
  /** WGS-84 degrees, as the service sent them. */
  longitude: number
  latitude: number
  /** Pixels from the left and the top of the map. */
  x: number
  y: number
  state: string
  /** True when it is drawn by itself; false when it is outside of the view or counted in a cluster. */
  drawn: boolean
}

declare global {
  interface Window {
    /**
     * For browser tests: what the map of 态势 shows. It exists while that screen does, reads only, and tells nothing
     * that the screen does not.
     */
    farwatch?: { positions(): ShownPosition[] }
  }
}

export function exposeToTests(map: GlMap, layer: PositionLayer): void {
  window.farwatch = {
    positions() {
      const drawn = new Set(
        map
          .queryRenderedFeatures({ layers: [MARKER_LAYER] })
          .map((feature) => (feature.properties as MarkerProperties).deviceId),
      )
      return layer.features().map(({ geometry, properties }) => {
        const { x, y } = map.project(geometry.coordinates as [number, number])
        const { deviceId, longitude, latitude, state } = properties
        return { deviceId, longitude, latitude, x, y, state, drawn: drawn.has(deviceId) }
      })
    },
  }
}

export function hideFromTests(): void {
  delete window.farwatch
}
