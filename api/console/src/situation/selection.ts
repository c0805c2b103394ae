import { defineStore } from 'pinia'
import { ref } from 'vue'

export type Selection = { kind: 'device'; id: string } | { kind: 'post'; id: string } | { kind: 'camera'; id: string }

/** What is selected stays selected across screens. */
export const useSelection = defineStore('selection', () => {
  const selected = ref<Selection | null>(null)
  /** The map keeps the selected device in its middle. */
  const following = ref(false)

  function select(next: Selection | null): void {
    if (selected.value?.kind !== next?.kind || selected.value?.id !== next?.id) {
      following.value = false
    }
    selected.value = next
  }

  return { selected, following, select }
})
