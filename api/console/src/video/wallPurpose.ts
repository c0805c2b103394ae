import { ref, watch, type Ref } from 'vue'
import { t } from '../i18n'
import { usePurposes } from '../purpose/purposes'
import { WALL_TASK } from './walls'

/**
 * Why somebody looks at the pictures of wall and playback, which are one task; null while he has not said.
 *
 * @param needed whether there is something that may not be opened without it; he is asked then
 */
export function useWallPurpose(needed: () => boolean): { purpose: Ref<string | null>; ask(): Promise<boolean> } {
  const purposes = usePurposes()
  const purpose = ref(purposes.remembered(WALL_TASK))
  watch(
    () => needed() && purpose.value === null,
    (missing) => missing && void ask(),
    { immediate: true },
  )

  /** Asks unless he has said it; whether it is said now. */
  async function ask(): Promise<boolean> {
    purpose.value ??= await purposes.ask(WALL_TASK, t('ask.wall'))
    return purpose.value !== null
  }

  return { purpose, ask }
}
