import { createI18n } from 'vue-i18n'
import en from './en'
import zhCN from './zh-CN'

/** Chinese is the first language; English stands beside it. A test holds both to the same keys. */
export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: false,
  missingWarn: false,
  fallbackWarn: false,
  messages: { 'zh-CN': zhCN, en },
})

/** The text of a key in the language in use, for code outside of components. */
export function t(key: string, values: Record<string, unknown> = {}): string {
  return i18n.global.t(key, values)
}

/** Whether a key has a text: for words that the service may know before this console does. */
export function has(key: string): boolean {
  return i18n.global.te(key, i18n.global.locale.value)
}

/** The word for a value of a closed set; a value that this console does not know yet is shown as it is. */
export function word(family: string, value: string | null | undefined): string {
  if (value === null || value === undefined || value === '') {
    return '–'
  }
  const key = `${family}.${value}`
  return has(key) ? t(key) : value
}
