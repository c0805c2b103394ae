import { getFile } from '../http/client'
import { instant } from '../time/clock'
import { toBeijing } from '../time/format'
import { streamPath, type Stream } from './stream'

/** The camera's newest picture, as JPEG. */
export function readSnapshot(streamId: string, purpose: string): Promise<Blob> {
  return getFile(streamPath(streamId, '/snapshot'), { purpose })
}

/** Reads the newest picture and hands it to the browser as a file named for the camera and the time. */
export async function saveSnapshot(stream: Stream, purpose: string): Promise<void> {
  const picture = await readSnapshot(stream.id, purpose)
  saveFile(picture, snapshotName(stream.name, instant()))
}

/** `衡山路 3 号 2026-11-22 12.30.05.jpg`: Beijing time, and nothing that a file system refuses. */
export function snapshotName(name: string, at: number): string {
  const safe = name.replace(/[\\/:*?"<>|]/g, '_')
  return `${safe} ${toBeijing(at).replace('T', ' ').replaceAll(':', '.')}.jpg`
}

function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
