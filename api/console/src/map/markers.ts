import type { Map as GlMap } from 'maplibre-gl'
import type { Tone } from '../duty/presence'
import type { Palette } from './palette'

/** What stands on the map for a device. Meaning is in the form too: a bar, a cross or a question mark in the dot. */
export type Shape = 'arrow' | 'diamond' | 'dot' | 'ring' | 'square'

export const TONES: readonly Tone[] = ['good', 'warning', 'critical', 'unknown', 'neutral']

const RATIO = 2

/** The image of a shape in a tone, to be named by a symbol layer. */
export function markerImage(shape: Shape, tone: Tone): string {
  return `${shape}:${tone}`
}

/** Adds every marker image to a map, and draws cluster images as they are asked for. */
export function addMarkerImages(map: GlMap, colours: Palette, scale: number): void {
  for (const shape of ['arrow', 'diamond', 'dot', 'ring', 'square'] as const) {
    for (const tone of TONES) {
      const image = drawMarker(shape, tone, colours, scale)
      map.addImage(markerImage(shape, tone), image, { pixelRatio: RATIO })
    }
  }
  map.setMissingStyleImageResolver((id) => {
    if (id.startsWith('cluster:') && !map.hasImage(id)) {
      map.addImage(id, drawCluster(id, colours, scale), { pixelRatio: RATIO })
    }
  })
}

/** The parts a cluster's ring is divided into: bounds the number of images to a few hundred. */
export const CLUSTER_STEPS = 12

function canvas(size: number): CanvasRenderingContext2D {
  const element = document.createElement('canvas')
  element.width = element.height = Math.round(size * RATIO)
  const context = element.getContext('2d', { willReadFrequently: true })
  if (!context) {
    throw new Error('this browser draws no 2D canvas')
  }
  context.scale(element.width / size, element.height / size)
  return context
}

function drawMarker(shape: Shape, tone: Tone, colours: Palette, scale: number): ImageData {
  const size = 24
  const g = canvas(size * scale)
  g.scale(scale, scale)
  g.translate(size / 2, size / 2)
  g.lineJoin = 'round'
  g.fillStyle = colours.tones[tone]
  g.strokeStyle = colours.halo
  g.lineWidth = 2
  g.beginPath()
  switch (shape) {
    case 'arrow':
      g.moveTo(0, -9)
      g.lineTo(7, 8)
      g.lineTo(0, 4.5)
      g.lineTo(-7, 8)
      g.closePath()
      break
    case 'diamond':
      g.moveTo(0, -8)
      g.lineTo(8, 0)
      g.lineTo(0, 8)
      g.lineTo(-8, 0)
      g.closePath()
      break
    case 'dot':
    case 'ring':
      g.arc(0, 0, 7, 0, Math.PI * 2)
      break
    case 'square':
      g.rect(-6, -6, 12, 12)
      break
  }
  g.stroke()
  if (shape === 'ring') {
    g.fillStyle = colours.halo
    g.fill()
    g.strokeStyle = colours.tones[tone]
    g.beginPath()
    g.arc(0, 0, 5.6, 0, Math.PI * 2)
    g.lineWidth = 2.6
    g.stroke()
  } else {
    g.fill()
    drawSign(g, shape, tone, colours)
  }
  return g.getImageData(0, 0, g.canvas.width, g.canvas.height)
}

function drawSign(g: CanvasRenderingContext2D, shape: Shape, tone: Tone, colours: Palette): void {
  if (shape === 'arrow') {
    return
  }
  g.strokeStyle = colours.halo
  g.lineWidth = 1.8
  g.lineCap = 'round'
  g.beginPath()
  switch (tone) {
    case 'warning':
      // The hands of a clock.
      g.moveTo(0, -3.4)
      g.lineTo(0, 0.4)
      g.lineTo(2.6, 2)
      break
    case 'critical':
      g.moveTo(-2.6, -2.6)
      g.lineTo(2.6, 2.6)
      g.moveTo(2.6, -2.6)
      g.lineTo(-2.6, 2.6)
      break
    case 'unknown':
      g.moveTo(-2.8, 0)
      g.lineTo(2.8, 0)
      break
    case 'good':
    case 'neutral':
      break
  }
  g.stroke()
}

/** `cluster:6:1:1:0:4` gives the twelfths of its ring in the order of {@link TONES}. */
function drawCluster(id: string, colours: Palette, scale: number): ImageData {
  const weights = id.split(':').slice(1).map(Number)
  const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1
  const size = 40
  const g = canvas(size * scale)
  g.scale(scale, scale)
  g.translate(size / 2, size / 2)
  g.fillStyle = colours.halo
  g.beginPath()
  g.arc(0, 0, 18, 0, Math.PI * 2)
  g.fill()
  let from = -Math.PI / 2
  weights.forEach((weight, i) => {
    const tone = TONES[i]
    if (weight > 0 && tone) {
      const to = from + (weight / whole) * Math.PI * 2
      g.strokeStyle = colours.tones[tone]
      g.lineWidth = 4
      g.beginPath()
      g.arc(0, 0, 15.5, from, to)
      g.stroke()
      from = to
    }
  })
  return g.getImageData(0, 0, g.canvas.width, g.canvas.height)
}
