import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp, h } from 'vue'
import HoldButton from './HoldButton.vue'

describe('a button that acts while it is held', () => {
  let said: string[] = []
  let button: HTMLElement
  let unmount = () => {}

  beforeEach(() => {
    said = []
    document.body.innerHTML = '<div id="app"></div>'
    const app = createApp({
      render: () => h(HoldButton, { label: 'zoom', onHold: () => said.push('hold'), onRelease: () => said.push('release') }),
    })
    app.mount('#app')
    unmount = () => app.unmount()
    button = document.querySelector('button')!
    button.setPointerCapture = () => {}
  })
  afterEach(() => unmount())

  const point = (type: string, which = 0) => button.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: which }))
  const key = (type: string, repeat = false) => button.dispatchEvent(new KeyboardEvent(type, { key: ' ', repeat }))

  it.each(['pointerup', 'pointercancel', 'lostpointercapture'])('lets go once on %s', (type) => {
    point('pointerdown')
    point(type)
    point('lostpointercapture')
    expect(said).toEqual(['hold', 'release'])
  })

  it('leaves the other buttons of the mouse alone', () => {
    point('pointerdown', 2)
    point('pointerup', 2)
    expect(said).toEqual([])
  })

  it('is held by a key, however often that repeats', () => {
    key('keydown')
    key('keydown', true)
    key('keyup')
    expect(said).toEqual(['hold', 'release'])
  })

  it('lets go when the focus leaves, and when it is taken away', () => {
    key('keydown')
    button.dispatchEvent(new FocusEvent('blur'))
    point('pointerdown')
    unmount()
    unmount = () => {}
    expect(said).toEqual(['hold', 'release', 'hold', 'release'])
  })
})
