import { describe, expect, it } from 'vitest'
import { alaw, encode } from './alaw'

describe('A-law', () => {
  it('has the values of ITU-T G.711', () => {
    // 16-bit samples and their codes, by the tables of the recommendation.
    const known: [number, number][] = [
      [0, 0xd5],
      [8, 0xd5],
      [16, 0xd4],
      [-1, 0x55],
      [-8, 0x55],
      [-17, 0x54],
      [1000, 0xfa],
      [-1000, 0x7a],
      [32767, 0xaa],
      [-32768, 0x2a],
    ]
    expect(known.map(([sample]) => alaw(sample / 32768))).toEqual(known.map(([, code]) => code))
  })

  it('keeps what is too loud within its range', () => {
    expect([alaw(1), alaw(7), alaw(-1), alaw(-7)]).toEqual([0xaa, 0xaa, 0x2a, 0x2a])
  })

  it('makes a byte of each sample', () => {
    expect([...encode(new Float32Array([0, 1, -1]))]).toEqual([0xd5, 0xaa, 0x2a])
  })
})
