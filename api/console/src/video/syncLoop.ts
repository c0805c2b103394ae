import { onBeforeUnmount, onMounted, readonly, ref, type Ref } from 'vue'
import { instant } from '../time/clock'
import { PlayClock, type Speed } from './playClock'

/** How often pictures are brought to the clock, milliseconds. */
const BEAT = 100
/** The clock waits so long for pictures that are not ready; then it goes on and they come after. */
export const PATIENCE = 5_000
/** What is being recorded can be played this long after it was. */
const BEHIND = 3_000

/** A picture that follows, as {@link useSync} sees it. */
export interface Follower {
  follow(at: number, playing: boolean, speed: number): 'absent' | 'waiting' | 'showing'
  rest(): void
  /** Milliseconds that one of its pictures lasts, null while it shows none. */
  frame(): number | null
}

export interface Sync {
  /** The instant of recording that all pictures show. */
  at: Readonly<Ref<number>>
  playing: Readonly<Ref<boolean>>
  speed: Readonly<Ref<Speed>>
  /** Plays, and stands still until pictures are ready. */
  waits: Readonly<Ref<boolean>>
  seek(to: number): void
  toggle(): void
  setSpeed(speed: Speed): void
  /** One picture on or back; stops playing. */
  step(direction: 1 | -1): void
}

/** One clock for several pictures, in step while the component is on screen. It owns the clock and waits for whom it must. */
export function useSync(start: number, followers: () => readonly Follower[]): Sync {
  const clock = new PlayClock(start)
  const at = ref(start)
  const playing = ref(false)
  const speed = ref<Speed>(1)
  const waits = ref(false)
  let heldSince = 0
  let waitedFor = new Set<Follower>()
  /** Those for whom the clock waited long enough; it waits for them again once they were ready. */
  const late = new Set<Follower>()
  let timer: ReturnType<typeof setInterval> | undefined

  onMounted(() => (timer = setInterval(beat, BEAT)))
  onBeforeUnmount(() => clearInterval(timer))

  function beat(): void {
    const now = performance.now()
    const to = clock.at(now)
    if (clock.playing && to > instant() - BEHIND) {
      clock.pause(now)
    }
    if (!clock.playing) {
      clock.hold(false, now)
      followers().forEach((each) => each.follow(to, false, clock.speed))
    } else if (clock.waits) {
      wait(to, now)
    } else {
      play(to, now)
    }
    show(now)
  }

  function play(to: number, now: number): void {
    const slow = followers().filter((each) => {
      const ready = each.follow(to, true, clock.speed) !== 'waiting'
      if (ready) {
        late.delete(each)
      }
      return !ready && !late.has(each)
    })
    if (slow.length > 0) {
      waitedFor = new Set(slow)
      heldSince = now
      clock.hold(true, now)
      followers().forEach((each) => waitedFor.has(each) || each.rest())
    }
  }

  function wait(to: number, now: number): void {
    const all = followers()
    waitedFor = new Set([...waitedFor].filter((each) => all.includes(each) && each.follow(to, false, clock.speed) === 'waiting'))
    if (waitedFor.size > 0 && now - heldSince > PATIENCE) {
      waitedFor.forEach((each) => late.add(each))
      waitedFor.clear()
    }
    if (waitedFor.size === 0) {
      clock.hold(false, now)
    }
  }

  function show(now: number): void {
    at.value = clock.at(now)
    playing.value = clock.playing
    speed.value = clock.speed
    waits.value = clock.waits
  }

  function act(change: (now: number) => void): void {
    const now = performance.now()
    change(now)
    show(now)
  }

  return {
    at: readonly(at),
    playing: readonly(playing),
    speed: readonly(speed),
    waits: readonly(waits),
    seek: (to) => act((now) => clock.seek(Math.min(to, instant() - BEHIND), now)),
    toggle: () => act((now) => (clock.playing ? clock.pause(now) : clock.play(now))),
    setSpeed: (next) => act((now) => clock.setSpeed(next, now)),
    step: (direction) =>
      act((now) => {
        const lasts = followers().map((each) => each.frame()).find((each) => each !== null) ?? 40
        clock.pause(now)
        clock.seek(clock.at(now) + direction * lasts, now)
      }),
  }
}
