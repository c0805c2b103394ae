import { createApp, defineComponent, h } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useEvery } from './every'

describe('what is done again and again', () => {
  const done = vi.fn()
  let leave: () => void

  beforeEach(() => {
    vi.useFakeTimers()
    done.mockReset()
    const app = createApp(
      defineComponent(() => {
        useEvery(1_000, done)
        return () => h('p')
      }),
    )
    app.mount(document.createElement('div'))
    leave = () => app.unmount()
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  it('is done once a period, and no more once the page is left', () => {
    vi.advanceTimersByTime(3_500)
    leave()
    vi.advanceTimersByTime(5_000)
    expect(done).toHaveBeenCalledTimes(3)
  })

  it('rests while nobody sees the page', () => {
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    vi.advanceTimersByTime(2_000)
    hidden.mockReturnValue(false)
    vi.advanceTimersByTime(1_000)
    expect(done).toHaveBeenCalledTimes(1)
    leave()
  })
})
