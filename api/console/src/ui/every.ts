import { onBeforeUnmount, onMounted } from 'vue'

/**
 * Does something every so many milliseconds while the page is seen; a page in the background costs the service nothing.
 * Belongs to the component in whose setup it is called.
 */
export function useEvery(period: number, act: () => unknown): void {
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    timer = setInterval(() => {
      if (!document.hidden) {
        act()
      }
    }, period)
  })
  onBeforeUnmount(() => clearInterval(timer))
}
