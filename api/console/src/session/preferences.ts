import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { Theme } from '../map/palette'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const KEY = 'farwatch.preferences'

interface Stored {
  theme?: Theme
  language?: Language
  muted?: boolean
}

/** What a person chose about the look; kept in this browser. */
export const usePreferences = defineStore('preferences', () => {
  const stored = read()
  const theme = ref<Theme>(stored.theme === 'light' ? 'light' : 'dark')
  const language = ref<Language>(stored.language === 'en' ? 'en' : 'zh-CN')
  /** New alerts make no sound. */
  const muted = ref(stored.muted ?? false)

  watch(
    [theme, language, muted],
    () => {
      document.documentElement.dataset.theme = theme.value
      document.documentElement.lang = language.value
      localStorage.setItem(
        KEY,
        JSON.stringify({ theme: theme.value, language: language.value, muted: muted.value } satisfies Stored),
      )
    },
    // The document must be right before anything that watches the theme draws.
    { immediate: true, flush: 'sync' },
  )

  return { theme, language, muted }
})

function read(): Stored {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Stored
  } catch {
    return {}
  }
}
