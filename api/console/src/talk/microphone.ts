import { encode } from './alaw'
import worklet from './capture.worklet.js?url'
import { Resampler } from './resampler'

/** Samples a second of what devices take. */
const RATE = 8_000
/** Bytes of a piece: 20 ms. */
const PIECE = RATE / 50
/** Quieter is nothing on the meter, decibels below full. */
const FLOOR = 55

/** Why there is no microphone, in the words of {@code talk.why}. */
export type NoMicrophone = 'insecure' | 'denied' | 'none' | 'busy'

/** A microphone that is open, until it is closed. */
export interface Microphone {
  close(): void
}

/** What comes from it: pieces of A-law of 20 ms, and how loud it is, 0 to 1. */
export interface Listener {
  piece(alaw: Uint8Array<ArrayBuffer>): void
  level(level: number): void
  /** It was unplugged, or the browser took it away. */
  gone(): void
}

export class MicrophoneRefused extends Error {
  constructor(readonly why: NoMicrophone) {
    super(why)
  }
}

/** Cuts sound into pieces of 20 ms. */
export class Pieces {
  private rest = new Uint8Array(0)

  cut(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
    const all = new Uint8Array(this.rest.length + bytes.length)
    all.set(this.rest)
    all.set(bytes, this.rest.length)
    const pieces: Uint8Array<ArrayBuffer>[] = []
    let at = 0
    for (; at + PIECE <= all.length; at += PIECE) {
      pieces.push(all.slice(at, at + PIECE))
    }
    this.rest = all.slice(at)
    return pieces
  }
}

/** How loud samples are on a scale that ears agree with, 0 to 1. */
export function levelOf(samples: Float32Array): number {
  if (samples.length === 0) {
    return 0
  }
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  return power === 0 ? 0 : Math.max(0, Math.min(1, 1 + (10 * Math.log10(power)) / FLOOR))
}

/**
 * Opens the microphone; the browser asks for leave the first time.
 *
 * @throws MicrophoneRefused saying why there is none
 */
export async function openMicrophone(listener: Listener): Promise<Microphone> {
  // Browsers hide it from pages that anybody on the way could have changed.
  if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia || typeof AudioWorkletNode === 'undefined') {
    throw new MicrophoneRefused('insecure')
  }
  let media: MediaStream
  try {
    media = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    })
  } catch (thrown) {
    throw new MicrophoneRefused(reason(thrown))
  }
  const context = new AudioContext()
  const close = () => {
    media.getTracks().forEach((track) => track.stop())
    void context.close()
  }
  try {
    await context.audioWorklet.addModule(worklet)
    await context.resume()
  } catch {
    close()
    throw new MicrophoneRefused('busy')
  }
  const resampler = new Resampler(context.sampleRate, RATE)
  const pieces = new Pieces()
  const node = new AudioWorkletNode(context, 'capture', { numberOfInputs: 1, numberOfOutputs: 0, channelCount: 1 })
  node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    listener.level(levelOf(data))
    pieces.cut(encode(resampler.push(data))).forEach((piece) => listener.piece(piece))
  }
  context.createMediaStreamSource(media).connect(node)
  media.getAudioTracks()[0]?.addEventListener('ended', () => listener.gone())
  return { close }
}

function reason(thrown: unknown): NoMicrophone {
  switch (thrown instanceof DOMException ? thrown.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none'
    default:
      return 'busy'
  }
}
