import { onBeforeUnmount, onMounted } from 'vue'

export type KeyMap = Record<string, (event: KeyboardEvent) => void>

/** The name of a pressed key in a {@link KeyMap}: `j`, `Enter`, `Ctrl+k`. Letters do not depend on caps lock. */
export function keyName(event: KeyboardEvent): string {
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.ctrlKey || event.metaKey ? `Ctrl+${name}` : name
}

/** Whether a key belongs to what is typed into, or to a dialog that lies over the page. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.isComposing) {
    return true
  }
  const target = event.target as HTMLElement | null
  if (target?.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="listbox"]')) {
    return true
  }
  return visibleDialog()
}

/** Enter and Space press the button or link that has the focus; shortcuts leave them to it. */
export function pressesFocused(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null
  return (event.key === 'Enter' || event.key === ' ') && !!target?.closest('button, a, [role="button"]')
}

/** Shortcuts while a component is on screen. Plain keys keep out of fields and dialogs; those with Ctrl work anywhere. */
export function useKeys(keys: KeyMap): void {
  function press(event: KeyboardEvent): void {
    const name = keyName(event)
    const action = keys[name]
    if (!action) {
      return
    }
    if (!name.startsWith('Ctrl+') && (isTaken(event) || pressesFocused(event))) {
      return
    }
    event.preventDefault()
    action(event)
  }
  onMounted(() => addEventListener('keydown', press))
  onBeforeUnmount(() => removeEventListener('keydown', press))
}

function visibleDialog(): boolean {
  return [...document.querySelectorAll<HTMLElement>('.el-overlay, [data-blocks-keys]')].some(
    (element) => element.style.display !== 'none' && element.getClientRects().length > 0,
  )
}
