import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp, h } from 'vue'
import { i18n } from '../i18n'
import PtzPad from './PtzPad.vue'
import { STILL, type Turn } from './speed'

describe('the pad', () => {
  let turns: (Turn | 'stop' | number)[] = []
  let pad: HTMLElement
  let unmount = () => {}

  beforeEach(() => {
    turns = []
    document.body.innerHTML = '<div id="app"></div>'
    const app = createApp({
      render: () =>
        h(PtzPad, {
          disabled: false,
          onTurn: (turn: Turn) => turns.push(turn),
          onZoom: (speed: number) => turns.push(speed),
          onStop: () => turns.push('stop'),
        }),
    })
    app.use(i18n).mount('#app')
    unmount = () => app.unmount()
    pad = document.querySelector<HTMLElement>('[data-testid="ptz-pad"]')!
    pad.setPointerCapture = () => {}
    pad.getBoundingClientRect = () => new DOMRect(0, 0, 100, 100)
  })
  afterEach(() => unmount())

  const point = (type: string, clientX = 50, clientY = 50) =>
    pad.dispatchEvent(new PointerEvent(type, { pointerId: 7, button: 0, clientX, clientY, bubbles: true }))
  const key = (type: string, name: string) => pad.dispatchEvent(new KeyboardEvent(type, { key: name, bubbles: true }))

  it('turns while it is pressed and stops on release', () => {
    point('pointermove', 100, 50)
    expect(turns).toEqual([])
    point('pointerdown', 100, 50)
    point('pointermove', 50, 0)
    point('pointerup')
    point('pointermove', 100, 50)
    expect(turns).toEqual([{ pan: 1, tilt: 0 }, { pan: 0, tilt: 1 }, 'stop'])
  })

  it.each(['pointercancel', 'lostpointercapture'])('stops on %s', (type) => {
    point('pointerdown', 100, 50)
    point(type)
    expect(turns.at(-1)).toBe('stop')
  })

  it('turns by arrow keys until the last is up', () => {
    key('keydown', 'ArrowUp')
    key('keydown', 'ArrowLeft')
    key('keyup', 'ArrowUp')
    key('keyup', 'ArrowLeft')
    expect(turns).toEqual([{ pan: 0, tilt: 0.5 }, { pan: -0.5, tilt: 0.5 }, { pan: -0.5, tilt: 0 }, 'stop'])
    expect(turns).not.toContainEqual(STILL)
  })

  it('zooms by + and stops when it is up', () => {
    key('keydown', '+')
    key('keyup', '+')
    expect(turns).toEqual([0.5, 'stop'])
  })

  it('stops when the focus leaves with a key down', () => {
    key('keydown', 'ArrowUp')
    pad.dispatchEvent(new FocusEvent('blur'))
    expect(turns.at(-1)).toBe('stop')
  })

  it('stops when it is taken away while pressed', () => {
    point('pointerdown', 100, 50)
    unmount()
    unmount = () => {}
    expect(turns.at(-1)).toBe('stop')
  })
})
