import { describe, expect, it } from 'vitest'
import { matchLines, outcomeTone, presetStages, stageCause, type ActivityKind, type Stage } from './activity'

const SEIZURE: ActivityKind = {
  code: 'seizure',
  zh: '查封扣押',
  en: 'sealing and seizing',
  preset: true,
  stages: ['告知', '清点', '查封扣押'].map((zh) => ({ zh, en: zh, recording: 'always', basis: '' })),
}

function stage(id: string, more: Partial<Stage>): Stage {
  return { id, noDeviceSeconds: 0, noStreamSeconds: 0, ...more } as Stage
}

describe('the stages of a kind', () => {
  it('share the time of the activity evenly, to the minute', () => {
    const stages = presetStages(SEIZURE, '2026-11-20T09:00:00', '2026-11-20T09:40:00')
    expect(stages.map(({ name, from, to }) => [name, from.slice(11, 16), to.slice(11, 16)])).toEqual([
      ['告知', '09:00', '09:13'],
      ['清点', '09:13', '09:27'],
      ['查封扣押', '09:27', '09:40'],
    ])
  })

  it('have no times while the activity has none', () => {
    expect(presetStages(SEIZURE, '', '').map(({ from, to }) => from + to)).toEqual(['', '', ''])
  })
})

describe('a stage', () => {
  it('says which of the two causes weighs more, and none where cameras were held throughout', () => {
    expect(stageCause(stage('1', {}))).toBeNull()
    expect(stageCause(stage('1', { noDeviceSeconds: 60, noStreamSeconds: 30 }))).toBe('no-device')
    expect(stageCause(stage('1', { noDeviceSeconds: 10, noStreamSeconds: 30 }))).toBe('no-stream')
  })

  it('is amber while its recordings wait and red when there are none', () => {
    expect((['recorded', 'unmatched', 'missing', 'pending'] as const).map(outcomeTone)).toEqual([
      'good',
      'warning',
      'critical',
      'unknown',
    ])
  })
})

describe('the lines of the matching page', () => {
  it('are its proposals in their order, or one line for a stage without any', () => {
    const proposal = (streamId: string) => ({ streamId }) as never
    const lines = matchLines([stage('7', { proposals: [proposal('a'), proposal('b')] }), stage('8', { proposals: [] })])
    expect(lines.map(({ key, first }) => [key, first])).toEqual([
      ['7-a', true],
      ['7-b', false],
      ['8-', true],
    ])
  })
})
