import { defineStore } from 'pinia'
import { ref } from 'vue'
import { get } from '../http/client'
import { useLive } from '../live/live'
import { setServerTime } from '../time/clock'

export interface Overview {
  district: string
  onDuty: number
  onPost: number
  devices: number
  devicesOnline: number
  alertsNew: number
  serverTime: string
}

const PERIOD = 15_000
/** Alerts come in bursts; the figures follow once after one. */
const SETTLE = 500

/** The figures of the top bar. */
export const useOverview = defineStore('overview', () => {
  const overview = ref<Overview | null>(null)
  /** The last reading failed: the figures may be old. */
  const stale = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended: (() => void) | null = null

  function start(): void {
    ended ??= useLive().listen('alerts', () => schedule(SETTLE))
    void read()
  }

  function stop(): void {
    clearTimeout(timer)
    ended?.()
    ended = null
    overview.value = null
  }

  async function read(): Promise<void> {
    try {
      overview.value = await get<Overview>('/overview')
      setServerTime(overview.value.serverTime)
      stale.value = false
    } catch {
      // The bar dims its figures; the connection bar says since when.
      stale.value = true
    }
    if (ended) {
      schedule(PERIOD)
    }
  }

  function schedule(wait: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void read(), wait)
  }

  return { overview, stale, start, stop, read }
})
