import { createApp, defineComponent, h } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PATIENCE, useSync, type Follower, type Sync } from './syncLoop'

const T = Date.parse('2026-11-22T01:00:00Z')

/** A picture that is ready or not as the test says. */
class Picture implements Follower {
  says: 'absent' | 'waiting' | 'showing' = 'showing'
  asked: { at: number; playing: boolean; speed: number }[] = []
  rested = 0

  follow(at: number, playing: boolean, speed: number) {
    this.asked.push({ at, playing, speed })
    return this.says
  }

  rest() {
    this.rested += 1
  }

  frame() {
    return this.says === 'showing' ? 20 : null
  }
}

describe('pictures on one clock', () => {
  let sync: Sync
  let pictures: Picture[]
  let end: () => void

  beforeEach(() => {
    vi.useFakeTimers({ now: T + 86_400_000 })
    pictures = [new Picture(), new Picture()]
    const app = createApp(
      defineComponent(() => {
        sync = useSync(T, () => pictures)
        return () => h('div')
      }),
    )
    app.mount(document.createElement('div'))
    end = () => app.unmount()
  })
  afterEach(() => {
    end()
    vi.useRealTimers()
  })

  it('are all asked for the same instant', () => {
    sync.toggle()
    sync.setSpeed(4)
    vi.advanceTimersByTime(1_000)
    expect(sync.at.value).toBe(T + 4_000)
    expect(pictures[0]!.asked).toEqual(pictures[1]!.asked)
    expect(pictures[0]!.asked.at(-1)).toEqual({ at: T + 4_000, playing: true, speed: 4 })
  })

  it('wait for one that is not ready, and the others rest meanwhile', () => {
    sync.toggle()
    vi.advanceTimersByTime(500)
    pictures[1]!.says = 'waiting'
    vi.advanceTimersByTime(2_000)
    expect([sync.waits.value, sync.at.value, pictures[0]!.rested]).toEqual([true, T + 600, 1])
    pictures[1]!.says = 'showing'
    vi.advanceTimersByTime(1_100)
    expect([sync.waits.value, sync.at.value]).toEqual([false, T + 1_600])
  })

  it('do not wait for ever, nor for one in a gap', () => {
    pictures[0]!.says = 'absent'
    pictures[1]!.says = 'waiting'
    sync.toggle()
    vi.advanceTimersByTime(PATIENCE + 3_000)
    expect(sync.waits.value).toBe(false)
    expect(sync.at.value).toBeGreaterThan(T + 2_000)
    pictures[1]!.says = 'showing'
    vi.advanceTimersByTime(100)
    pictures[1]!.says = 'waiting'
    vi.advanceTimersByTime(200)
    expect(sync.waits.value).toBe(true)
  })

  it('step by the length of a picture and stop for it', () => {
    sync.toggle()
    vi.advanceTimersByTime(1_000)
    sync.step(1)
    expect([sync.playing.value, sync.at.value]).toEqual([false, T + 1_020])
    sync.step(-1)
    vi.advanceTimersByTime(1_000)
    expect(sync.at.value).toBe(T + 1_000)
    expect(pictures[0]!.asked.at(-1)?.playing).toBe(false)
  })

  it('stop where recording has not come yet', () => {
    sync.seek(Date.now() + 60_000)
    expect(sync.at.value).toBe(Date.now() - 3_000)
    sync.toggle()
    sync.setSpeed(16)
    vi.advanceTimersByTime(1_000)
    expect(sync.playing.value).toBe(false)
  })
})
