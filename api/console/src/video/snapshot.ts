import { getFile } from '../http/client'
import { t } from '../i18n'
import { purposeText } from '../purpose/purposes'
import { useSession } from '../session/session'
import { instant } from '../time/clock'
import { full, toBeijing } from '../time/format'
import { LINE, tileWidth } from '../ui/watermark'
import { streamPath, type Stream } from './stream'

/** The marks are made for a picture of this width, pixels, and grow with it. */
const DRAWN_FOR = 1280
const SLANT = (-18 * Math.PI) / 180

/** The camera's newest picture, as JPEG. */
export function readSnapshot(streamId: string, purpose: string): Promise<Blob> {
  return getFile(streamPath(streamId, '/snapshot'), { purpose })
}

/** Reads the newest picture and hands it to the browser as a file named for the camera and the time. */
export async function saveSnapshot(stream: Stream, purpose: string): Promise<void> {
  const at = instant()
  const picture = await createImageBitmap(await readSnapshot(stream.id, purpose))
  saveFile(await marked(picture, picture.width, picture.height, stream, at, purpose), snapshotName(stream.name, at))
}

/** The same of a recording's picture that is on screen. */
export async function saveFrame(video: HTMLVideoElement, stream: Stream, at: number, purpose: string): Promise<void> {
  saveFile(await marked(video, video.videoWidth, video.videoHeight, stream, at, purpose), snapshotName(stream.name, at))
}

/** `衡山路 3 号 2026-11-22 12.30.05.jpg`: Beijing time, and nothing that a file system refuses. */
export function snapshotName(name: string, at: number): string {
  const safe = name.replace(/[\\/:*?"<>|]/g, '_')
  return `${safe} ${toBeijing(at).replace('T', ' ').replaceAll(':', '.')}.jpg`
}

/** What stands below a saved picture: which camera, when, who saved it and why. */
export function caption(stream: Stream, at: number, viewer: string, purpose: string): string {
  return t('video.caption', { camera: stream.name, at: full(at), viewer, purpose: purposeText(purpose) })
}

/** The picture with its viewer, the time and his purpose burnt in: it leaves the house, its watermark goes along. */
async function marked(
  picture: CanvasImageSource,
  width: number,
  height: number,
  stream: Stream,
  at: number,
  purpose: string,
): Promise<Blob> {
  const scale = width / DRAWN_FOR
  const strip = Math.ceil(28 * scale)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height + strip
  const ink = canvas.getContext('2d')!
  ink.fillStyle = '#07090c'
  ink.fillRect(0, 0, width, height + strip)
  ink.drawImage(picture, 0, 0, width, height)
  const viewer = useSession().user?.displayName ?? ''
  tile(ink, `${viewer} ${full(instant()).slice(0, 16)}`, width, height, scale)
  ink.font = `${Math.max(9, 14 * scale)}px sans-serif`
  ink.fillStyle = '#e6edf3'
  ink.textBaseline = 'middle'
  ink.fillText(caption(stream, at, viewer, purpose), 8 * scale, height + strip / 2, width - 16 * scale)
  return new Promise((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error('no picture'))), 'image/jpeg', 0.92),
  )
}

function tile(ink: CanvasRenderingContext2D, text: string, width: number, height: number, scale: number): void {
  const step = tileWidth(text) * scale
  const reach = Math.hypot(width, height)
  ink.save()
  ink.beginPath()
  ink.rect(0, 0, width, height)
  ink.clip()
  ink.rotate(SLANT)
  ink.globalAlpha = 0.34
  ink.font = `${13 * scale}px sans-serif`
  ink.lineWidth = 2 * scale
  ink.strokeStyle = '#000'
  ink.fillStyle = '#fff'
  for (let y = 0; y < 2 * reach; y += LINE * scale) {
    for (let x = -reach; x < reach; x += step) {
      ink.strokeText(text, x, y)
      ink.fillText(text, x, y)
    }
  }
  ink.restore()
}

function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
