import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { get, post, type Page } from '../http/client'
import { problemOf, type Problem } from '../http/problem'
import { useLive } from '../live/live'
import type { Alert, Reason } from './alert'
import type { Confirmation } from './lanes'

/** Alerts of one kind about one thing at one place are one card. */
export interface Group {
  key: string
  top: Alert
  /** All of them, newest first; the top one included. */
  members: Alert[]
}

/** So many are held; beyond, the list of alerts is the place to work. */
const LIMIT = 200

/** The alerts that wait for somebody, newest first, and the one under the cursor. */
export const useFeed = defineStore('feed', () => {
  const alerts = shallowRef<Alert[]>([])
  const loading = ref(true)
  const problem = ref<Problem | null>(null)
  /** There are more than the feed holds. */
  const more = ref(false)
  const cursor = ref<string | null>(null)
  /** What went wrong with a decision, by alert. */
  const failures = ref<Record<string, Problem>>({})
  const busy = ref<Record<string, boolean>>({})
  let heard: (() => void) | null = null
  let onNew: (alert: Alert) => void = () => {}

  const groups = computed<Group[]>(() => groupsOf(alerts.value))
  const current = computed(() => groups.value.find((group) => group.key === cursor.value) ?? null)

  /** Reads and follows; `arrived` hears of each alert that was not there before. */
  function start(arrived: (alert: Alert) => void): void {
    onNew = arrived
    heard ??= useLive().listen('alerts', (items) => take(items as Alert[]))
    void load()
  }

  function stop(): void {
    heard?.()
    heard = null
  }

  async function load(): Promise<void> {
    problem.value = null
    try {
      const page = await get<Page<Alert>>('/alerts', { query: { state: 'new', limit: LIMIT } })
      keepCursor(() => (alerts.value = sorted(page.items.filter(waits))))
      more.value = Boolean(page.next)
    } catch (thrown) {
      problem.value = problemOf(thrown)
    } finally {
      loading.value = false
    }
  }

  /** Takes alerts as they are now: new ones come in, decided ones leave. */
  function take(items: readonly Alert[]): void {
    const held = new Map(alerts.value.map((alert) => [alert.id, alert]))
    for (const item of items) {
      const known = held.get(item.id)
      if (known && known.version > item.version) {
        continue
      }
      if (waits(item)) {
        held.set(item.id, item)
        if (!known) {
          onNew(item)
        }
      } else {
        held.delete(item.id)
      }
    }
    keepCursor(() => (alerts.value = sorted([...held.values()]).slice(0, LIMIT)))
  }

  /** Moves the cursor; without one it begins at the top. */
  function move(step: 1 | -1): void {
    const all = groups.value
    const at = all.findIndex((group) => group.key === cursor.value)
    const next = at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))
    cursor.value = all[next]?.key ?? null
  }

  const confirm = (alert: Alert, confirmation: Confirmation = {}) => decide(alert, 'confirm', confirmation)
  const dismiss = (alert: Alert, reason: Reason, note?: string) => decide(alert, 'dismiss', { reason, note })

  /** Sends a decision; false when it did not go through, and then {@link failures} says why. */
  async function decide(alert: Alert, act: 'confirm' | 'dismiss', body: object): Promise<boolean> {
    if (busy.value[alert.id]) {
      return false
    }
    busy.value = { ...busy.value, [alert.id]: true }
    delete failures.value[alert.id]
    try {
      take([await post<Alert>(`/alerts/${encodeURIComponent(alert.id)}/${act}`, { version: alert.version, ...body })])
      return true
    } catch (thrown) {
      const failure = problemOf(thrown)
      failures.value = { ...failures.value, [alert.id]: failure }
      if (failure.status !== 409) {
        return false
      }
      // Somebody was first: the card says who, and shows what stands now.
      const now = await get<Alert>(`/alerts/${encodeURIComponent(alert.id)}`).catch(() => null)
      if (now && waits(now)) {
        take([now])
      }
      return false
    } finally {
      delete busy.value[alert.id]
    }
  }

  /** Takes a card away that somebody else has settled, once its note was read. */
  function drop(id: string): void {
    delete failures.value[id]
    keepCursor(() => (alerts.value = alerts.value.filter((alert) => alert.id !== id)))
  }

  /** When the card under the cursor goes, the one that takes its place is next; the first is where work begins. */
  function keepCursor(change: () => void): void {
    const at = Math.max(0, groups.value.findIndex((group) => group.key === cursor.value))
    change()
    if (!groups.value.some((group) => group.key === cursor.value)) {
      cursor.value = groups.value[Math.min(at, groups.value.length - 1)]?.key ?? null
    }
  }

  return {
    alerts,
    groups,
    current,
    cursor,
    loading,
    problem,
    more,
    failures,
    busy,
    start,
    stop,
    load,
    take,
    move,
    confirm,
    dismiss,
    drop,
  }
})

function waits(alert: Alert): boolean {
  return alert.state === 'new' && !alert.trial
}

function sorted(alerts: Alert[]): Alert[] {
  return alerts.sort((a, b) => Date.parse(b.raisedAt) - Date.parse(a.raisedAt) || (a.id < b.id ? 1 : -1))
}

function groupsOf(alerts: readonly Alert[]): Group[] {
  const groups = new Map<string, Group>()
  for (const alert of alerts) {
    const key = groupKey(alert)
    const group = groups.get(key)
    if (group) {
      group.members.push(alert)
    } else {
      groups.set(key, { key, top: alert, members: [alert] })
    }
  }
  return [...groups.values()]
}

function groupKey(alert: Alert): string {
  const about = [alert.officerId, alert.deviceId, alert.dutyId].filter(Boolean)
  return about.length === 0 ? alert.id : [alert.kind, alert.code, ...about].join(' ')
}
