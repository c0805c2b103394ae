import type { Tone } from '../duty/presence'

/** The colours of the map; those of states are the ones of ui/tokens.css. WebGL cannot read CSS variables. */
export interface Palette {
  background: string
  outside: string
  block: string
  water: string
  green: string
  lane: string
  secondary: string
  primary: string
  trunk: string
  casing: string
  boundary: string
  roadLabel: string
  placeLabel: string
  text: string
  halo: string
  accent: string
  tones: Record<Tone, string>
}

const DARK: Palette = {
  background: '#0e1116',
  outside: '#090b0f',
  block: '#131920',
  water: '#10233a',
  green: '#11221d',
  lane: '#1d2530',
  secondary: '#242e3b',
  primary: '#2a3546',
  trunk: '#323f53',
  casing: '#0e1116',
  boundary: '#4a5b73',
  roadLabel: '#75828f',
  placeLabel: '#9aa7b5',
  text: '#e6edf3',
  halo: '#0e1116',
  accent: '#3ba7ff',
  tones: { good: '#3dd68c', warning: '#ffb020', critical: '#ff5d5d', unknown: '#8892a0', neutral: '#3ba7ff' },
}

const LIGHT: Palette = {
  background: '#eef1f5',
  outside: '#dfe4ea',
  block: '#f5f7f9',
  water: '#c9dcef',
  green: '#d9eada',
  lane: '#ffffff',
  secondary: '#ffffff',
  primary: '#ffffff',
  trunk: '#ffffff',
  casing: '#d3dae3',
  boundary: '#7b8ba0',
  roadLabel: '#5c6876',
  placeLabel: '#4f5c6b',
  text: '#141a22',
  halo: '#ffffff',
  accent: '#0a66c2',
  tones: { good: '#0f7546', warning: '#945600', critical: '#c22b2b', unknown: '#5c6876', neutral: '#0a66c2' },
}

export type Theme = 'dark' | 'light'

export function palette(theme: Theme): Palette {
  return theme === 'dark' ? DARK : LIGHT
}
