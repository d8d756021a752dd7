import { useEffect, useState } from 'react'
import { useApp } from '../useApp'
import classes from './data.module.css'
import { openBrought } from './openBrought'

/** Files can be dropped anywhere on the page. */
export function DropTarget() {
  const { store } = useApp()
  const [over, setOver] = useState(false)
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => {
      // Leaving one element for another inside the page is not leaving.
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      void openBrought(store, [...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [store])
  if (!over) return null
  return (
    <div className={classes.drop} aria-hidden="true">
      <div className={classes.dropCard}>Drop to open: ratings, a table, or saved weights</div>
    </div>
  )
}
