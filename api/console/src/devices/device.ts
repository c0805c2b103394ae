/** What a device is; the order is that of the vocabulary. */
export const KINDS = [
  'vehicle-terminal',
  'body-camera',
  'camera',
  'ptz-dome',
  'loudspeaker',
  'collection-station',
  'handset',
  'radio',
  'drone',
] as const

export const PROTOCOLS = ['jt808', 'jt809', 'mqtt', 'nmea', 'gb28181', 'rtsp'] as const

export const DATUMS = ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'] as const

export interface Device {
  id: string
  name: string
  kind: string
  protocol: string
  protocolId: string
  squadId: string | null
  datum: string
  online: boolean
  lastSeen: string | null
  version: number
}

/** Who has the device from when to when; open while there is no end. */
export interface Custody {
  id: string
  officerId: string
  officerName: string
  from: string
  to: string | null
}
