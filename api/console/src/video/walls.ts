import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { del, get, post, put, type Page } from '../http/client'
import { problemOf, type Problem } from '../http/problem'
import { LAYOUTS, type Layout, type Wall } from './wall'

/** Wall and playback are one task: whoever said why for the one is not asked for the other. */
export const WALL_TASK = 'video-wall'
/** So many streams are played back at once. */
export const MOST_PLAYED = 9
/** A page of a patrol is shown at least and at most so long, seconds. */
export const PATROL_SECONDS = { least: 5, most: 3_600, usual: 15 } as const

/** A layout or, with seconds, a patrol that somebody saved for himself. */
export interface SavedWall {
  id: string
  name: string
  size: number
  seconds: number | null
  /** Of a layout one for each cell, null where it is empty. */
  streams: (string | null)[]
  version: number
}

export type WantedWall = Omit<SavedWall, 'id' | 'version'>

/** Stands in for a size that this console does not offer. */
export function layoutOf({ size }: SavedWall): Layout {
  return LAYOUTS.find((each) => each === size) ?? 16
}

/** What is saved of a wall: its cells up to the last that is not empty. */
export function wanted(name: string, { layout, cells }: Wall): WantedWall {
  const last = cells.findLastIndex((id) => id !== null)
  return { name, size: layout, seconds: null, streams: cells.slice(0, last + 1) }
}

/** One's own layouts and patrols. */
export const useWalls = defineStore('walls', () => {
  const walls = shallowRef<SavedWall[]>([])
  const loaded = ref(false)
  const problem = shallowRef<Problem | null>(null)

  async function load(): Promise<void> {
    try {
      walls.value = (await get<Page<SavedWall>>('/walls')).items
      loaded.value = true
      problem.value = null
    } catch (thrown) {
      problem.value = problemOf(thrown)
    }
  }

  /** @param before the wall that is changed, null for a new one */
  async function save(wall: WantedWall, before: SavedWall | null): Promise<SavedWall> {
    const saved = before
      ? await put<SavedWall>(`/walls/${before.id}`, { ...wall, version: before.version })
      : await post<SavedWall>('/walls', wall)
    walls.value = [...walls.value.filter(({ id }) => id !== saved.id), saved].sort(
      (a, b) => Number(a.seconds !== null) - Number(b.seconds !== null) || a.name.localeCompare(b.name, 'zh-CN'),
    )
    return saved
  }

  async function remove(wall: SavedWall): Promise<void> {
    await del(`/walls/${wall.id}`, { query: { version: wall.version } })
    walls.value = walls.value.filter(({ id }) => id !== wall.id)
  }

  return { walls, loaded, problem, load, save, remove }
})
