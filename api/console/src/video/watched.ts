import { onBeforeUnmount, onMounted, readonly, ref, type Ref } from 'vue'

/** A window that nobody sees keeps its pictures for so long, milliseconds: who only looks something up does not wait again. */
export const UNSEEN = 20_000

/** Whether the window is seen, or was just now. Pictures that nobody sees cost the network and the service for nothing. */
export function useWatched(): Readonly<Ref<boolean>> {
  const watched = ref(true)
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') {
      timer = setTimeout(() => (watched.value = false), UNSEEN)
    } else {
      watched.value = true
    }
  }

  onMounted(() => document.addEventListener('visibilitychange', look))
  onBeforeUnmount(() => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  })
  return readonly(watched)
}
