import { nextTick, ref, type Ref } from 'vue'

/**
 * Keeps the card under the pointer where it is while others come in above it. Where the list is too short to scroll, a
 * filler below makes it long enough; it goes when the pointer has left and the list is back at its top.
 */
export function useAnchor(list: Ref<HTMLElement | null>) {
  /** Pixels of filler below the last card. */
  const filler = ref(0)
  /** Cards that came in above the visible part and were not seen yet. */
  const above = ref(0)
  let pointer: { x: number; y: number } | null = null
  let held: { key: string; top: number; index: number } | null = null

  function touch(event: PointerEvent): void {
    pointer = { x: event.clientX, y: event.clientY }
  }

  function leave(): void {
    pointer = null
    if (list.value && list.value.scrollTop === 0) {
      filler.value = 0
    }
  }

  function cards(): HTMLElement[] {
    return [...(list.value?.querySelectorAll<HTMLElement>('[data-key]') ?? [])]
  }

  /** Before the list is drawn again: which card must not move. */
  function remember(): void {
    held = null
    const all = cards()
    const kept = all.findIndex((card) => {
      const { top, bottom } = card.getBoundingClientRect()
      return pointer ? top <= pointer.y && pointer.y < bottom : (list.value?.scrollTop ?? 0) > 0 && bottom > listTop()
    })
    const card = all[kept]
    if (card) {
      held = { key: card.dataset.key ?? '', top: card.getBoundingClientRect().top, index: kept }
    }
  }

  /** After it was drawn: the card is put back where it was. */
  function restore(): void {
    const box = list.value
    const kept = held
    held = null
    if (!box || !kept) {
      return
    }
    const all = cards()
    const index = all.findIndex((card) => card.dataset.key === kept.key)
    if (index < 0 || index <= kept.index) {
      return
    }
    const moved = all[index]!.getBoundingClientRect().top - kept.top
    if (moved <= 0) {
      return
    }
    above.value += index - kept.index
    const wanted = box.scrollTop + moved
    filler.value = Math.max(0, Math.ceil(wanted + box.clientHeight - contentHeight(box)))
    void nextTick(() => (box.scrollTop = wanted))
  }

  function scrolled(): void {
    if (list.value && list.value.scrollTop < 4) {
      above.value = 0
    }
  }

  function toTop(): void {
    pointer = null
    above.value = 0
    filler.value = 0
    list.value?.scrollTo({ top: 0 })
  }

  /** Without the filler, which is the last child. */
  function contentHeight(box: HTMLElement): number {
    const end = box.lastElementChild?.getBoundingClientRect().top ?? listTop()
    return end - listTop() + box.scrollTop
  }

  function listTop(): number {
    return list.value?.getBoundingClientRect().top ?? 0
  }

  return { filler, above, touch, leave, remember, restore, scrolled, toTop }
}
