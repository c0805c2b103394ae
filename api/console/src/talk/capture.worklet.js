/* Runs in the browser's audio thread: hands the microphone's samples on, some 20 ms at a time. */
class Capture extends AudioWorkletProcessor {
  constructor() {
    super()
    this.block = new Float32Array(Math.max(128, Math.round(sampleRate / 50 / 128) * 128))
    this.filled = 0
  }

  process(inputs) {
    const channel = inputs[0] && inputs[0][0]
    if (channel) {
      this.block.set(channel, this.filled)
      this.filled += channel.length
      if (this.filled >= this.block.length) {
        this.port.postMessage(this.block.slice())
        this.filled = 0
      }
    }
    return true
  }
}

registerProcessor('capture', Capture)
