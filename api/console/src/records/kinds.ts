import { computed, shallowRef } from 'vue'
import { get, type Page } from '../http/client'
import { i18n } from '../i18n'
import type { ActivityKind } from './activity'

const all = shallowRef<ActivityKind[]>([])
let reading: Promise<void> | null = null

/** The kinds of activities, read once; where they cannot be read their codes stand for them. */
export function useKinds() {
  const shown = (kind: ActivityKind) => (i18n.global.locale.value === 'en' ? kind.en : kind.zh)

  function load(): Promise<void> {
    reading ??= get<Page<ActivityKind>>('/activity-kinds').then(
      (page) => {
        all.value = page.items
      },
      () => {
        reading = null
      },
    )
    return reading
  }

  function name(code: string): string {
    const kind = all.value.find((each) => each.code === code)
    return kind ? shown(kind) : code
  }

  return {
    all,
    load,
    name,
    options: computed(() => all.value.map((kind) => ({ value: kind.code, label: shown(kind) }))),
  }
}
