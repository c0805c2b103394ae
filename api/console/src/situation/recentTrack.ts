import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { readTrack, type Track } from '../devices/track'
import { problemOf } from '../http/problem'
import { t } from '../i18n'
import { problemText } from '../i18n/problem'
import { usePurposes } from '../purpose/purposes'
import { instant } from '../time/clock'

const HALF_HOUR = 1_800_000

/** The track of the last half hour that is laid over the map, of one device at a time. */
export const useRecentTrack = defineStore('recent-track', () => {
  const deviceId = ref<string | null>(null)
  const track = shallowRef<Track | null>(null)
  const busy = ref(false)
  const failure = ref('')

  /** Asks why, reads, and shows; nothing happens when no purpose was given. */
  async function show(id: string, subject: string): Promise<void> {
    const purpose = await usePurposes().ask(`device:${id}`, t('ask.track', { who: subject }))
    if (purpose === null) {
      return
    }
    clear()
    deviceId.value = id
    busy.value = true
    try {
      const read = await readTrack(id, instant() - HALF_HOUR, instant(), purpose)
      if (deviceId.value === id) {
        track.value = read
      }
    } catch (thrown) {
      failure.value = problemText(problemOf(thrown))
    } finally {
      busy.value = false
    }
  }

  function clear(): void {
    deviceId.value = null
    track.value = null
    failure.value = ''
  }

  return { deviceId, track, busy, failure, show, clear }
})
