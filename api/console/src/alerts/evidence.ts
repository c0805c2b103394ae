import { getFile } from '../http/client'

/** Files that belong to an alert, by their ids. */
export interface Evidence {
  /** The picture at which the alert was raised. */
  snapshot?: string | null
  /** The same view before it began. */
  before?: string | null
  clip?: string | null
}

/** A box in a picture: left, upper edge, width and height as shares of the picture. */
export type Box = [number, number, number, number]

export function readEvidence(id: string, purpose: string): Promise<Blob> {
  return getFile(`/evidence/${encodeURIComponent(id)}`, { purpose })
}
