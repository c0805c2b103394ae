import { createApp, defineComponent, h } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useKeys } from './keys'

describe('shortcuts', () => {
  const pressed = vi.fn()
  let unmount: () => void

  beforeEach(() => {
    pressed.mockReset()
    document.body.innerHTML = '<div id="app"></div><input id="field"><button id="button"></button>'
    const app = createApp(
      defineComponent(() => {
        useKeys({ j: () => pressed('j'), Enter: () => pressed('Enter'), 'Ctrl+k': () => pressed('Ctrl+k') })
        return () => h('p')
      }),
    )
    app.mount('#app')
    unmount = () => app.unmount()
  })
  afterEach(() => unmount())

  function press(key: string, on: string | null = null, more: KeyboardEventInit = {}): KeyboardEvent {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
    ;(on ? document.querySelector(on)! : document.body).dispatchEvent(event)
    return event
  }

  it('act on plain keys, caps lock or not', () => {
    expect(press('j').defaultPrevented).toBe(true)
    press('J')
    expect(pressed.mock.calls).toEqual([['j'], ['j']])
  })

  it('keep out of fields, but those with Ctrl work there too', () => {
    press('j', '#field')
    press('k', '#field', { ctrlKey: true })
    expect(pressed.mock.calls).toEqual([['Ctrl+k']])
  })

  it('leave Enter to the button that has the focus', () => {
    press('Enter', '#button')
    expect(pressed).not.toHaveBeenCalled()
    press('Enter')
    expect(pressed).toHaveBeenCalledWith('Enter')
  })

  it('keep out while an input method composes', () => {
    press('j', null, { isComposing: true })
    expect(pressed).not.toHaveBeenCalled()
  })

  it('stop with their component', () => {
    unmount()
    press('j')
    expect(pressed).not.toHaveBeenCalled()
  })
})
