import { get, post } from '../http/client'
import { t, word } from '../i18n'
import { full } from '../time/format'

/** A command to a device, as the service tells it. */
export interface DeviceCommand {
  id: string
  deviceId: string
  kind: string
  /** Not there, as the answer is not, for somebody who may not ask for this kind. */
  arguments?: Record<string, unknown>
  state: CommandState
  requestedBy: string
  requestedAt: string
  expiresAt: string
  sentAt?: string
  attempts: number
  answeredAt?: string
  result?: string
  answer?: CommandAnswer
  actions: 'cancel'[]
  version: number
}

export type CommandState = 'queued' | 'sent' | 'done' | 'failed' | 'unsupported' | 'timed-out' | 'expired' | 'cancelled'

/** What the device told; which members there are depends on the kind. */
export interface CommandAnswer {
  parameters?: { id: number; value: string }[]
  fix?: boolean
  at?: string | null
  photographs?: number[]
  media?: { id: number; type: number; channel: number; event: number; at: string | null }[]
  areas?: { id: number; name: string }[]
  cardRead?: boolean
  name?: string
  licence?: string
  [attribute: string]: unknown
}

export type FieldType =
  | 'number'
  | 'flag'
  | 'text'
  | 'choice'
  | 'choices'
  | 'time-of-day'
  | 'instant'
  | 'numbers'
  | 'place'
  | 'places'
  | 'parameters'
  | 'parameter-ids'
  | 'post'
  | 'bytes'

export interface CommandField {
  name: string
  type: FieldType
  unit: string
  least: number | null
  most: number | null
  options: string[]
  required: boolean
  initial: unknown
}

export interface CommandKind {
  kind: string
  message: string
  since: string
  regard: 'none' | 'whereabouts' | 'picture-or-sound'
  fields: CommandField[]
}

export interface KnownParameter {
  id: number
  type: 'number' | 'text' | 'bytes'
  unit: string
  least: number | null
  most: number | null
}

export interface CommandKinds {
  kinds: CommandKind[]
  parameters: KnownParameter[]
  expirySeconds: number
}

/** States in which something may still come. */
export function isOpen(command: DeviceCommand): boolean {
  return command.state === 'queued' || command.state === 'sent'
}

export function requestCommand(
  deviceId: string,
  kind: string,
  args: Record<string, unknown>,
  purpose?: string | null,
): Promise<DeviceCommand> {
  return post<DeviceCommand>(
    `/devices/${encodeURIComponent(deviceId)}/commands`,
    { kind, arguments: args },
    purpose ? { purpose } : {},
  )
}

export function cancelCommand(command: DeviceCommand): Promise<DeviceCommand> {
  return post<DeviceCommand>(`/commands/${command.id}/cancel`, { version: command.version })
}

export function readKinds(): Promise<CommandKinds> {
  return get<CommandKinds>('/command-kinds')
}

/** The id as the standards write it. */
export function parameterHex(id: number): string {
  return `0x${id.toString(16).toUpperCase().padStart(4, '0')}`
}

/** The name of a parameter; those of vendors have none. */
export function parameterName(id: number): string {
  const key = `p${id.toString(16).padStart(4, '0')}`
  const name = word('parameter', key)
  return name === key ? t('commands.vendorParameter') : name
}

/** The service's sentences about a command, in the language chosen; any other is shown as it came. */
const SENTENCES: readonly [RegExp, string][] = [
  [/^the terminal answered: failure$/, 'commands.said.failure'],
  [/^the terminal answered: the message is wrong$/, 'commands.said.wrong'],
  [/^the terminal answered: not supported$/, 'commands.said.unsupported'],
  [/^the terminal answered: it has no such channel$/, 'commands.said.channel'],
  [/^the terminal answered: no photograph taken/, 'commands.said.noPhotograph'],
  [/^message (?<id>\w+) exists since JT\/T 808-(?<since>\d+), the terminal speaks (?<layout>\d+)$/, 'commands.said.edition'],
  [/^no answer, sent (?<n>\d+) times/, 'commands.said.noAnswer'],
  [/^the device was not connected until/, 'commands.said.expired'],
  [/^the connection ended before the answer; it is sent again$/, 'commands.said.again'],
  [/^the service ended before the answer; it is sent again$/, 'commands.said.again'],
  [/^the connection ended before the answer/, 'commands.said.lost'],
  [/^the service ended before the answer/, 'commands.said.restarted'],
  [/is held by somebody who is off duty/, 'commands.said.offDuty'],
  [/^the answer (?<id>\w+) cannot be read/, 'commands.said.garbage'],
]

export function sentence(result: string): string {
  for (const [pattern, key] of SENTENCES) {
    const match = pattern.exec(result)
    if (match) {
      return t(key, { ...match.groups })
    }
  }
  return result
}

/** Names of bits, from the lowest. */
const GNSS = ['GPS', 'BDS', 'GLONASS', 'Galileo']
const RADIO = ['GPRS', 'CDMA', 'TD-SCDMA', 'WCDMA', 'CDMA2000', 'TD-LTE']

function bits(value: unknown, names: readonly string[]): string {
  return names.filter((_, bit) => (Number(value) >> bit) & 1).join(' ') || '—'
}

/** The lines of an answer that is a list of names and values; empty for one that is not. */
export function answerLines(answer: CommandAnswer): { label: string; value: string }[] {
  if (answer.maker !== undefined) {
    return [
      ...['maker', 'model', 'terminalId', 'iccid', 'hardware', 'firmware'].map((name) => ({
        label: t(`commands.attribute.${name}`),
        value: String(answer[name] || '—'),
      })),
      { label: t('commands.attribute.gnss'), value: bits(answer.gnss, GNSS) },
      { label: t('commands.attribute.radio'), value: bits(answer.radio, RADIO) },
    ]
  }
  if (answer.areas) {
    return answer.areas.map(({ id, name }) => ({ label: String(id), value: name || '—' }))
  }
  if (answer.media) {
    return answer.media.map((media) => ({
      label: String(media.id),
      value: t('commands.media', { channel: media.channel, at: media.at ? full(media.at) : '—' }),
    }))
  }
  return []
}

/** What an answer says in one line; empty where lines say it. */
export function answerText(answer: CommandAnswer): string {
  if (answer.fix !== undefined) {
    const at = answer.at ? full(answer.at) : '—'
    return t(answer.fix ? 'commands.located' : 'commands.locatedNoFix', { at })
  }
  if (answer.photographs) {
    return t('commands.photographed', { n: answer.photographs.length, ids: answer.photographs.join('、') })
  }
  if (answer.cardRead !== undefined) {
    return answer.cardRead
      ? t('commands.driver', { name: answer.name ?? '', licence: answer.licence ?? '' })
      : t('commands.noDriver')
  }
  if (answer.media?.length === 0) {
    return t('commands.noMedia')
  }
  return answer.areas?.length === 0 ? t('commands.noAreas') : ''
}
