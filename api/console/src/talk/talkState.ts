import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { t, word } from '../i18n'
import { serviceWords } from '../i18n/service'
import { Talker, type TalkState } from './talker'

/** How far it is, in words. */
export function talkText(state: TalkState): string {
  switch (state.kind) {
    case 'idle':
      return ''
    case 'asking':
      return t('talk.asking')
    case 'calling':
      return t('talk.calling')
    case 'open':
      return t('talk.open')
    case 'refused':
      return t(`talk.why.${state.why}`)
    case 'ended':
      return endedText(state.ended)
  }
}

function endedText({ outcome, reason, holder }: Extract<TalkState, { kind: 'ended' }>['ended']): string {
  if (outcome === 'in-use') {
    return t('talk.inUse', { who: holder })
  }
  if (outcome === 'taken-over') {
    return t('talk.takenOver', { who: reason })
  }
  return reason ? t('shout.because', { outcome: word('shoutOutcome', outcome), why: serviceWords(reason) }) : word('shoutOutcome', outcome)
}

/** Whether somebody is about to speak or speaks. */
export function isSpeaking(state: TalkState): boolean {
  return state.kind === 'asking' || state.kind === 'calling' || state.kind === 'open'
}

/** To whom this window speaks: to one at a time, as there is one microphone. */
export const useTalk = defineStore('talk', () => {
  /** What the talk belongs to: a stream's id, or the dialog's own. */
  const target = ref<string | null>(null)
  const state = shallowRef<TalkState>({ kind: 'idle' })
  /** Of the microphone, 0 to 1. */
  const level = ref(0)
  const talker = new Talker(
    (next) => (state.value = next),
    (next) => (level.value = next),
  )
  return {
    target,
    state,
    level,
    start: (key: string, url: string) => {
      target.value = key
      void talker.start(url)
    },
    /** @param key of whoever wants it to end; another's talk goes on */
    stop: (key: string) => {
      if (target.value === key) {
        talker.stop()
      }
    },
    of: (key: string): TalkState => (target.value === key ? state.value : { kind: 'idle' }),
  }
})
