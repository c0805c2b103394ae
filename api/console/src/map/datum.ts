/**
 * Display datums. The service speaks WGS-84; tiles of Chinese providers are drawn in GCJ-02 or BD-09, so everything laid
 * over them is shifted for display, and what is drawn on them is shifted back.
 */
export type Datum = 'WGS84' | 'CGCS2000' | 'GCJ02' | 'BD09'

export type LonLat = [number, number]

// The Krasovsky ellipsoid of GCJ-02: semi-major axis in metres and squared eccentricity.
const AXIS = 6378245
const ECCENTRICITY = 0.006693421622965943
const BD_TURN = (Math.PI * 3000) / 180

/** From WGS-84 to the datum of the tiles. CGCS2000 differs from WGS-84 by centimetres and is not shifted. */
export function toDisplay(datum: Datum, place: LonLat): LonLat {
  switch (datum) {
    case 'WGS84':
    case 'CGCS2000':
      return place
    case 'GCJ02':
      return toGcj02(place)
    case 'BD09':
      return toBd09(toGcj02(place))
  }
}

/** From the datum of the tiles to WGS-84, to better than a centimetre. */
export function fromDisplay(datum: Datum, place: LonLat): LonLat {
  let guess = place
  // The shift changes by less than one part in a thousand, so this converges in a few steps.
  for (let step = 0; step < 6; step++) {
    const shown = toDisplay(datum, guess)
    guess = [guess[0] + place[0] - shown[0], guess[1] + place[1] - shown[1]]
  }
  return guess
}

function toGcj02([longitude, latitude]: LonLat): LonLat {
  if (outsideMainland(longitude, latitude)) {
    return [longitude, latitude]
  }
  const x = longitude - 105
  const y = latitude - 35
  const radians = (latitude * Math.PI) / 180
  const w = 1 - ECCENTRICITY * Math.sin(radians) ** 2
  const metresNorth = (AXIS * (1 - ECCENTRICITY)) / w ** 1.5
  const metresEast = (AXIS / Math.sqrt(w)) * Math.cos(radians)
  const degrees = 180 / Math.PI
  return [longitude + (east(x, y) / metresEast) * degrees, latitude + (north(x, y) / metresNorth) * degrees]
}

function toBd09([longitude, latitude]: LonLat): LonLat {
  const radius = Math.hypot(longitude, latitude) + 0.00002 * Math.sin(latitude * BD_TURN)
  const angle = Math.atan2(latitude, longitude) + 0.000003 * Math.cos(longitude * BD_TURN)
  return [radius * Math.cos(angle) + 0.0065, radius * Math.sin(angle) + 0.006]
}

function waves(value: number, scale: readonly LonLat[]): number {
  return scale.reduce((sum, [weight, frequency]) => sum + weight * Math.sin(value * frequency * Math.PI), 0) * (2 / 3)
}

function north(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  return base + waves(x, [[20, 6], [20, 2]]) + waves(y, [[20, 1], [40, 1 / 3], [160, 1 / 12], [320, 1 / 30]])
}

function east(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  return base + waves(x, [[20, 6], [20, 2], [20, 1], [40, 1 / 3], [150, 1 / 12], [300, 1 / 30]])
}

/** The shift is defined for the mainland; the box is the one every implementation uses. */
function outsideMainland(longitude: number, latitude: number): boolean {
  return longitude < 72.004 || longitude > 137.8347 || latitude < 0.8293 || latitude > 55.8271
}
