import { readonly, ref } from 'vue'

/** The ticking time of the console, once a second, in milliseconds since 1970, corrected by the server's clock. */
const ticking = ref(Date.now())
let offset = 0

setInterval(() => {
  ticking.value = Date.now() + offset
}, 1000)

/** The server's time as it ticks; reading it in a template re-renders once a second. */
export const now = readonly(ticking)

/** The server's time at this moment, without making the caller tick. */
export function instant(): number {
  return Date.now() + offset
}

/** Sets the clock by the server's, so that a workstation with a wrong clock shows true ages. */
export function setServerTime(iso: string): void {
  const server = Date.parse(iso)
  if (Number.isFinite(server)) {
    offset = server - Date.now()
    ticking.value = Date.now() + offset
  }
}
