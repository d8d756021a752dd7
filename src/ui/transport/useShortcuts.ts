import { useEffect } from 'react'
import type { AppHandles } from '../useApp'

/** Elements that have their own use for a key, and dialogs, in which the page behind must not move. */
const typing = 'input:not([type=checkbox], [type=radio], [type=range]), textarea, [contenteditable=true]'
const dialogs = 'dialog, [role=dialog]'
/** A slider is left out: it moves by arrows, and after a move one wants to play. */
const usesSpace = `${typing}, input:not([type=range]), select, button, a, summary, [role=button], [role=option], ${dialogs}`

/** Space plays and pauses; Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) go back and forth between the experiments of this visit. */
export function useShortcuts({ store, undo, redo }: AppHandles): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const target = event.target instanceof Element ? event.target : document.body
      const command = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      if (key === ' ' && !command && !event.altKey && !event.repeat && !target.closest(usesSpace)) {
        event.preventDefault()
        store.getState().togglePlay()
      } else if (command && (key === 'z' || key === 'y') && !target.closest(`${typing}, ${dialogs}`)) {
        event.preventDefault()
        if (key === 'y' || event.shiftKey) redo()
        else undo()
      }
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [store, undo, redo])
}
