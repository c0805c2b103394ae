import { computed, type Component, type Ref } from 'vue'
import { t } from '../i18n'
import type { Area } from '../session/roles'
import { useSession } from '../session/session'
import { useFilter } from '../ui/lists'
import CameraState from '../bodycam/CameraState.vue'
import DeviceAlarms from './DeviceAlarms.vue'
import DeviceCommands from './DeviceCommands.vue'
import DeviceMedia from './DeviceMedia.vue'
import DeviceReports from './DeviceReports.vue'
import DeviceTrack from './DeviceTrack.vue'
import DeviceTrips from './DeviceTrips.vue'
import DeviceVideo from './DeviceVideo.vue'
import type { Device } from './device'

/** One way to look at what a device sent. */
interface View {
  value: string
  area: Area
  label: string
  component: Component
  /** Of devices that speak one of these; all when there are none. */
  protocols?: readonly string[]
  /** Of devices of these kinds; all when there are none. */
  kinds?: readonly string[]
}

/** In their order on the page. */
const VIEWS: readonly View[] = [
  { value: 'track', area: 'tracks', label: 'track.title', component: DeviceTrack },
  { value: 'trips', area: 'tracks', label: 'trip.tab', component: DeviceTrips },
  { value: 'alarms', area: 'tracks', label: 'deviceAlarm.title', component: DeviceAlarms },
  { value: 'state', area: 'body-cameras', label: 'bodycam.tab', component: CameraState, kinds: ['body-camera'] },
  { value: 'commands', area: 'commands', label: 'commands.title', component: DeviceCommands },
  { value: 'video', area: 'devices', label: 'channel.tab', component: DeviceVideo, protocols: ['jt808'] },
  { value: 'media', area: 'media', label: 'terminal.media', component: DeviceMedia, protocols: ['jt808'] },
  { value: 'reports', area: 'tracks', label: 'terminal.reports', component: DeviceReports, protocols: ['jt808'] },
]

/** The views of a device that are open to the person, and the one that the address names. */
export function useDeviceViews(device: Ref<Device | null>) {
  const session = useSession()
  const named = useFilter('view')
  const open = computed(() =>
    VIEWS.filter(
      ({ area, protocols, kinds }) =>
        session.sees(area) &&
        (!protocols || protocols.includes(device.value?.protocol ?? '')) &&
        (!kinds || kinds.includes(device.value?.kind ?? '')),
    ),
  )
  const current = computed(() => open.value.find(({ value }) => value === named.value) ?? open.value[0])
  const views = computed(() => open.value.map(({ value, label }) => ({ value, label: t(label) })))
  const view = computed({
    get: () => current.value?.value ?? '',
    set: (value: string) => (named.value = value),
  })
  return { views, view, shown: computed(() => current.value?.component) }
}
