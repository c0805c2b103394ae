import type { Component } from 'vue'
import PtzButton from '../ptz/PtzButton.vue'
import PtzOver from '../ptz/PtzOver.vue'
import TalkButton from '../talk/TalkButton.vue'

/**
 * What a feature adds to a live picture of the wall. Its components get the props `stream` and `purpose`, and show
 * nothing for a stream that they are not for.
 */
export interface CellTool {
  id: string
  /** In the row of tools below. */
  button?: Component
  /** Over the picture, as one that turns the camera by the mouse. */
  over?: Component
}

/** In the order of the row. */
export const CELL_TOOLS: readonly CellTool[] = [
  { id: 'talk', button: TalkButton },
  { id: 'ptz', button: PtzButton, over: PtzOver },
]
