import type { Severity } from './alert'

let context: AudioContext | null = null

/** Two short tones, higher for what is critical. Browsers stay silent until the page was first clicked. */
export function chime(severity: Severity): void {
  if (!navigator.userActivation?.hasBeenActive) {
    return
  }
  context ??= new AudioContext()
  const { currentTime, destination } = context
  const pitch = severity === 'critical' ? 880 : 587
  for (const [i, factor] of [1, 4 / 3].entries()) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    const from = currentTime + i * 0.14
    tone.frequency.value = pitch * factor
    volume.gain.setValueAtTime(0.0001, from)
    volume.gain.exponentialRampToValueAtTime(0.12, from + 0.01)
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.13)
    tone.connect(volume).connect(destination)
    tone.start(from)
    tone.stop(from + 0.14)
  }
}
