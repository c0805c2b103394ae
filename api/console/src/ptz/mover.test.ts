import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '../http/problem'
import { GAP, Mover, PATIENCE, RENEW, type Motion } from './mover'

const STOP = { pan: 0, tilt: 0, zoom: 0 }
const LENS_STOP = { focus: 0, iris: 0 }
const right = (pan: number): Motion => ({ pan, tilt: 0, zoom: 0 })

/** A camera that answers when it is told to, or at once. */
class Camera {
  readonly sent: Motion[] = []
  readonly failures: unknown[] = []
  readonly answers: ((failure?: unknown) => void)[] = []
  slow = false
  failing: unknown[] = []
  readonly mover = new Mover(
    (motion) => {
      this.sent.push(motion)
      const failure = this.failing.shift()
      if (failure) {
        return Promise.reject(failure)
      }
      return this.slow
        ? new Promise<void>((resolve, reject) => this.answers.push((why) => (why ? reject(why) : resolve())))
        : Promise.resolve()
    },
    (thrown) => this.failures.push(thrown),
  )
}

describe('a camera under a hand', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('is told at once, and stopped at once', async () => {
    const { mover, sent } = new Camera()
    mover.go(right(0.5))
    await vi.advanceTimersByTimeAsync(10)
    mover.stop()
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toEqual([right(0.5), STOP])
  })

  it('is told of four motions a second at most, the latest last', async () => {
    const { mover, sent } = new Camera()
    for (let step = 0; step < 99; step++) {
      mover.go(right(0.1 + (step % 9) / 10))
      await vi.advanceTimersByTimeAsync(10)
    }
    expect(sent.length).toBe(4)
    mover.go(right(0.7))
    await vi.advanceTimersByTimeAsync(GAP)
    expect(sent.at(-1)).toEqual(right(0.7))
    expect(sent.length).toBe(5)
  })

  it('is told again while it is held, as the service ends what it hears no more of', async () => {
    const { mover, sent } = new Camera()
    mover.go(right(1))
    await vi.advanceTimersByTimeAsync(RENEW * 2 + 10)
    expect(sent).toEqual([right(1), right(1), right(1)])
    mover.stop()
    await vi.advanceTimersByTimeAsync(RENEW * 2)
    expect(sent.slice(3)).toEqual([STOP])
  })

  it('is stopped by a motion of nothing, and not twice', async () => {
    const { mover, sent } = new Camera()
    mover.go(right(1))
    await vi.advanceTimersByTimeAsync(0)
    mover.go(STOP)
    mover.stop()
    mover.end()
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent).toEqual([right(1), STOP])
  })

  it('is not told to stop when nothing moved', async () => {
    const { mover, sent } = new Camera()
    mover.stop()
    mover.end()
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent).toEqual([])
  })

  it('stops turning before its lens is moved', async () => {
    const { mover, sent } = new Camera()
    mover.go(right(1))
    await vi.advanceTimersByTimeAsync(GAP)
    mover.go({ focus: 0.5, iris: 0 })
    await vi.advanceTimersByTimeAsync(0)
    mover.end()
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toEqual([right(1), STOP, { focus: 0.5, iris: 0 }, LENS_STOP])
  })

  it('is stopped after the answer that it owed', async () => {
    const camera = new Camera()
    camera.slow = true
    camera.mover.go(right(1))
    camera.mover.stop()
    expect(camera.sent).toEqual([right(1)])
    camera.answers[0]!()
    await vi.advanceTimersByTimeAsync(0)
    expect(camera.sent).toEqual([right(1), STOP])
  })

  it('is stopped beside an answer that does not come, and again after it', async () => {
    const camera = new Camera()
    camera.slow = true
    camera.mover.go(right(1))
    camera.mover.end()
    await vi.advanceTimersByTimeAsync(PATIENCE)
    expect(camera.sent).toEqual([right(1), STOP])
    camera.answers[0]!()
    await vi.advanceTimersByTimeAsync(0)
    expect(camera.sent).toEqual([right(1), STOP, STOP])
  })

  it('is stopped without waiting when the page goes away', () => {
    const camera = new Camera()
    camera.slow = true
    camera.mover.go(right(1))
    camera.mover.leave()
    expect(camera.sent).toEqual([right(1), STOP])
  })

  it('is stopped when it may have heard what was not answered', async () => {
    const camera = new Camera()
    camera.failing = [new Problem(502, {})]
    camera.mover.go(right(1))
    await vi.advanceTimersByTimeAsync(0)
    expect(camera.sent).toEqual([right(1), STOP])
    expect(camera.failures.length).toBe(1)
  })

  it('is told to stop again when the stop got lost', async () => {
    const camera = new Camera()
    camera.mover.go(right(1))
    await vi.advanceTimersByTimeAsync(0)
    camera.failing = [new Problem(0, {}), new Problem(502, {})]
    camera.mover.stop()
    await vi.advanceTimersByTimeAsync(2 * GAP)
    expect(camera.sent).toEqual([right(1), STOP, STOP, STOP])
    expect(camera.failures).toEqual([])
  })

  it('is left alone while another holds it, until the hand lets go and presses again', async () => {
    const camera = new Camera()
    camera.failing = [new Problem(409, {})]
    camera.mover.go(right(0.5))
    await vi.advanceTimersByTimeAsync(GAP)
    camera.mover.go(right(0.6))
    camera.mover.go(right(0.7))
    await vi.advanceTimersByTimeAsync(RENEW)
    expect(camera.sent).toEqual([right(0.5)])
    camera.mover.stop()
    camera.mover.go(right(0.8))
    await vi.advanceTimersByTimeAsync(0)
    expect(camera.sent).toEqual([right(0.5), right(0.8)])
  })

  it('hears of nothing after the end', async () => {
    const { mover, sent } = new Camera()
    mover.end()
    mover.go(right(1))
    await vi.advanceTimersByTimeAsync(RENEW)
    expect(sent).toEqual([])
  })
})
