import { describe, expect, it, vi } from 'vitest'
import { MicrophoneRefused, type Listener } from './microphone'
import { Talker, type TalkState } from './talker'

class FakeSocket {
  binaryType = ''
  bufferedAmount = 0
  sent: unknown[] = []
  closed = false
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null
  send(data: unknown): void {
    this.sent.push(data)
  }
  close(): void {
    this.closed = true
  }
  says(notice: object): void {
    this.onmessage?.({ data: JSON.stringify(notice) })
  }
}

function house(refused?: MicrophoneRefused) {
  const states: TalkState[] = []
  const socket = new FakeSocket()
  const close = vi.fn()
  let heard: Listener | null = null
  const talker = new Talker(
    (state) => states.push(state),
    () => {},
    {
      microphone: async (listener) => {
        if (refused) {
          throw refused
        }
        heard = listener
        return { close }
      },
      open: () => socket as unknown as WebSocket,
    },
  )
  const piece = new Uint8Array(160)
  return { talker, states, socket, close, speak: () => heard!.piece(piece), kinds: () => states.map(({ kind }) => kind) }
}

describe('somebody who speaks', () => {
  it('is heard once a loudspeaker is open, and not before', async () => {
    const { talker, socket, speak, kinds } = house()
    await talker.start('ws://x')
    speak()
    expect(socket.sent).toHaveLength(0)
    socket.says({ stream: '1', state: 'calling' })
    speak()
    expect(socket.sent).toHaveLength(0)
    socket.says({ stream: '1', state: 'open' })
    speak()
    expect(socket.sent).toHaveLength(1)
    expect(kinds()).toEqual(['asking', 'calling', 'open'])
  })

  it('sends nothing that would come too late', async () => {
    const { talker, socket, speak } = house()
    await talker.start('ws://x')
    socket.says({ stream: '1', state: 'open' })
    socket.bufferedAmount = 10_000
    speak()
    expect(socket.sent).toHaveLength(0)
  })

  it('lets go of microphone and connection when he stops', async () => {
    const { talker, socket, close, kinds } = house()
    await talker.start('ws://x')
    socket.says({ stream: '1', state: 'open' })
    talker.stop()
    expect(close).toHaveBeenCalledOnce()
    expect(socket.closed).toBe(true)
    socket.says({ stream: '1', state: 'ended', outcome: 'done' })
    socket.onclose?.()
    expect(kinds().at(-1)).toBe('idle')
  })

  it('calls nobody without a microphone, and says why there is none', async () => {
    const { talker, states, socket } = house(new MicrophoneRefused('denied'))
    await talker.start('ws://x')
    expect(states.at(-1)).toEqual({ kind: 'refused', why: 'denied' })
    expect(socket.onmessage).toBeNull()
  })

  it('closes a microphone that comes after he thought better of it', async () => {
    const { talker, close, kinds } = house()
    const started = talker.start('ws://x')
    talker.stop()
    await started
    expect(close).toHaveBeenCalledOnce()
    expect(kinds()).toEqual(['asking', 'idle'])
  })

  it('learns who speaks to the loudspeaker', async () => {
    const { talker, states, socket } = house()
    await talker.start('ws://x')
    socket.says({ stream: '1', state: 'ended', outcome: 'in-use', reason: 'x', holder: { displayName: '王值班' } })
    expect(states.at(-1)).toMatchObject({ kind: 'ended', ended: { outcome: 'in-use', holder: '王值班' } })
  })

  it('goes on while one of several loudspeakers is open', async () => {
    const { talker, states, socket } = house()
    await talker.start('ws://x')
    socket.says({ stream: '1', state: 'calling' })
    socket.says({ stream: '2', state: 'calling' })
    socket.says({ stream: '1', state: 'ended', outcome: 'refused' })
    expect(states.at(-1)!.kind).toBe('calling')
    socket.says({ stream: '2', state: 'open' })
    expect(states.at(-1)).toMatchObject({ kind: 'open', open: 1 })
    socket.says({ stream: '2', state: 'ended', outcome: 'hung-up', reason: 'BYE' })
    expect(states.at(-1)).toMatchObject({ kind: 'ended', ended: { outcome: 'hung-up', reason: 'BYE' } })
  })

  it('notices a connection that is lost', async () => {
    const { talker, states, socket } = house()
    await talker.start('ws://x')
    socket.onclose?.()
    expect(states.at(-1)).toEqual({ kind: 'refused', why: 'lost' })
  })
})
