import { computed, ref, shallowRef } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import { get, type Page } from '../http/client'
import { problemOf } from '../http/problem'
import { problemText } from '../i18n/problem'
import { word } from '../i18n'
import type { Alert } from '../alerts/alert'
import { alertText } from '../alerts/text'
import { useSession } from '../session/session'
import type { Area } from '../session/roles'

export interface Hit {
  kind: 'officer' | 'device' | 'post' | 'alert'
  id: string
  name: string
  more: string
  to: RouteLocationRaw
}

interface Indexed extends Hit {
  /** What is searched, in lower case. */
  text: string
}

/** So many hits are shown. */
const SHOWN = 30
/** The index is read again when it is older. */
const FRESH = 60_000
/** A district has a few thousand of each at most; the service clamps here. */
const LIMIT = 10_000

const index = shallowRef<Indexed[]>([])
let readAt = 0

/** Search over what has a name: officers, devices, posts, and the newest alerts. */
export function useSearch() {
  const wanted = ref('')
  const busy = ref(false)
  const failure = ref('')
  const session = useSession()

  const hits = computed<Hit[]>(() => {
    const words = wanted.value.toLowerCase().split(/\s+/).filter(Boolean)
    if (words.length === 0) {
      return []
    }
    return index.value
      .filter(({ text }) => words.every((part) => text.includes(part)))
      .sort((a, b) => rank(a, words[0]!) - rank(b, words[0]!))
      .slice(0, SHOWN)
  })

  async function prepare(): Promise<void> {
    if (busy.value || Date.now() - readAt < FRESH) {
      return
    }
    busy.value = true
    failure.value = ''
    try {
      const parts = await Promise.all([
        readIf('situation', '/officers', officerHit),
        readIf('devices', '/devices', deviceHit),
        readIf('situation', '/posts', postHit),
        readIf('alerts', '/alerts', alertHit, 200),
      ])
      index.value = parts.flat()
      readAt = Date.now()
    } catch (thrown) {
      failure.value = problemText(problemOf(thrown))
    } finally {
      busy.value = false
    }
  }

  async function readIf<T>(area: Area, path: string, hit: (item: T) => Hit, limit = LIMIT): Promise<Indexed[]> {
    if (!session.sees(area)) {
      return []
    }
    const { items } = await get<Page<T>>(path, { query: { limit } })
    return items.map(hit).map((each) => ({ ...each, text: `${each.name} ${each.more} ${each.id}`.toLowerCase() }))
  }

  return { hits, busy, failure, prepare, find: (text: string) => (wanted.value = text) }
}

/** Names that begin with what was typed come first, then names that hold it, then the rest. */
function rank({ name }: Hit, typed: string): number {
  const at = name.toLowerCase().indexOf(typed)
  return at === 0 ? 0 : at > 0 ? 1 : 2
}

function officerHit(officer: { id: string; name: string; number: string }): Hit {
  const to = { name: 'situation', query: { officer: officer.id } }
  return { kind: 'officer', id: officer.id, name: officer.name, more: officer.number, to }
}

function deviceHit(device: { id: string; name: string; kind: string; protocolId: string }): Hit {
  const more = `${word('kind', device.kind)} · ${device.protocolId}`
  return { kind: 'device', id: device.id, name: device.name, more, to: { name: 'device', params: { id: device.id } } }
}

function postHit(post: { id: string; name: string; state: string | null }): Hit {
  const to = { name: 'situation', query: { post: post.id } }
  return { kind: 'post', id: post.id, name: post.name, more: word('postState', post.state ?? 'no-duty'), to }
}

function alertHit(alert: Alert): Hit {
  const to = { name: 'alerts', query: { alert: alert.id } }
  const { kind, place, sentence } = alertText(alert)
  return { kind: 'alert', id: alert.id, name: `${kind} · ${place}`, more: sentence, to }
}
