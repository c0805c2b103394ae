import { describe, expect, it } from 'vitest'
import { correction, IN_STEP, PlayClock, SEEK_BEYOND, SPEEDS } from './playClock'

const T = Date.parse('2026-11-22T01:00:00Z')

describe('the clock of a synchronised playback', () => {
  it('stands until it plays, and goes on at its speed', () => {
    const clock = new PlayClock(T)
    expect(clock.at(5_000)).toBe(T)
    clock.play(5_000)
    expect(clock.at(7_000)).toBe(T + 2_000)
    clock.setSpeed(16, 7_000)
    expect(clock.at(8_000)).toBe(T + 18_000)
    clock.setSpeed(0.5, 8_000)
    expect(clock.at(10_000)).toBe(T + 19_000)
    clock.pause(10_000)
    expect(clock.at(99_000)).toBe(T + 19_000)
  })

  it('waits for pictures without losing its place or forgetting that it plays', () => {
    const clock = new PlayClock(T)
    clock.play(0)
    clock.hold(true, 1_000)
    clock.hold(true, 2_000)
    expect([clock.at(9_000), clock.playing, clock.waits]).toEqual([T + 1_000, true, true])
    clock.hold(false, 9_000)
    expect(clock.at(10_000)).toBe(T + 2_000)
  })

  it('goes where it is sent, playing or not', () => {
    const clock = new PlayClock(T)
    clock.seek(T + 60_000, 1_000)
    expect(clock.at(2_000)).toBe(T + 60_000)
    clock.play(2_000)
    clock.seek(T, 3_000)
    expect(clock.at(4_000)).toBe(T + 1_000)
  })
})

describe('a picture that follows it', () => {
  it('is left alone while it is in step, whatever the speed', () => {
    for (const speed of SPEEDS) {
      expect(correction(IN_STEP / 2, speed)).toEqual({ kind: 'rate', rate: speed })
    }
  })

  it('is led back by its speed when it is a little off, and sent when it is far off', () => {
    expect(correction(-400, 1)).toEqual({ kind: 'rate', rate: 1.2 })
    expect(correction(400, 1)).toEqual({ kind: 'rate', rate: 0.8 })
    expect(correction(SEEK_BEYOND + 1, 1)).toEqual({ kind: 'seek' })
    expect(correction(-SEEK_BEYOND - 1, 0.5)).toEqual({ kind: 'seek' })
    expect(correction(SEEK_BEYOND + 1, 8).kind).toBe('rate')
  })

  it('never gets a speed that a browser refuses', () => {
    expect(correction(-10_000, 16)).toEqual({ kind: 'rate', rate: 16 })
  })

  it('comes into step and stays there', () => {
    for (const speed of SPEEDS) {
      for (const begun of [-900, -300, 300, 900]) {
        let drift = begun * Math.max(1, speed)
        for (let i = 0; i < 100; i++) {
          const found = correction(drift, speed)
          // At 16 nothing can hurry any more; whoever is behind stays there until it is worth a leap.
          drift += found.kind === 'rate' ? (found.rate - speed) * 100 : -drift
        }
        expect(Math.abs(drift)).toBeLessThanOrEqual(speed === 16 && begun < 0 ? SEEK_BEYOND * 16 : IN_STEP * Math.max(1, speed))
      }
    }
  })
})
