import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { Theme } from '../map/palette'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** How the cameras beside the wall are shown. */
export type CameraView = 'list' | 'map'

const KEY = 'farwatch.preferences'
const WATCHES = ['operator', 'squad-leader']

interface Stored {
  theme?: Theme
  language?: Language
  muted?: boolean
  cameras?: CameraView
}

/** What a person chose about the look; kept in this browser. */
export const usePreferences = defineStore('preferences', () => {
  const stored = read()
  /** What was chosen; while nothing was, the desk decides. */
  const chosen = ref<Theme | null>(stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : null)
  const usual = ref<Theme>('dark')
  const theme = computed<Theme>({
    get: () => chosen.value ?? usual.value,
    set: (theme) => (chosen.value = theme),
  })
  const language = ref<Language>(stored.language === 'en' ? 'en' : 'zh-CN')
  /** New alerts make no sound. */
  const muted = ref(stored.muted ?? false)

  const cameras = ref<CameraView>(stored.cameras === 'map' ? 'map' : 'list')

  /** The theme of a desk: dark where one watches the map and pictures, light where one reads and writes. */
  function sitAt(roles: readonly string[]): void {
    usual.value = roles.length === 0 || roles.some((role) => WATCHES.includes(role)) ? 'dark' : 'light'
  }

  watch(
    [theme, language, muted, cameras],
    () => {
      document.documentElement.dataset.theme = theme.value
      document.documentElement.lang = language.value
      localStorage.setItem(
        KEY,
        JSON.stringify({
          theme: chosen.value ?? undefined,
          language: language.value,
          muted: muted.value,
          cameras: cameras.value,
        } satisfies Stored),
      )
    },
    // The document must be right before anything that watches the theme draws.
    { immediate: true, flush: 'sync' },
  )

  return { theme, language, muted, cameras, sitAt }
})

function read(): Stored {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Stored
  } catch {
    return {}
  }
}
