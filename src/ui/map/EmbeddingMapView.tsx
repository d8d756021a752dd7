import { useCallback, useMemo, useRef } from 'react'
import { createEmbeddingMap, type EmbeddingMap } from '../../plots/embeddingMap'
import { selectMapData } from '../../store/selectors'
import { useApp, useAppStore } from '../useApp'
import { usePlot } from '../usePlot'
import { HoverCard } from './HoverCard'
import { MapButtons } from './MapButtons'
import { createMapSelect } from './mapProps'
import { NothingFound } from './NothingFound'
import classes from './stage.module.css'

/** The picture of the embedding with its buttons and the card of the point under the pointer. */
export function EmbeddingMapView() {
  const { store } = useApp()
  const map = useRef<EmbeddingMap | null>(null)
  const create = useCallback((container: HTMLDivElement) => {
    const created = createEmbeddingMap(container)
    map.current = created
    return created
  }, [])
  const select = useMemo(() => createMapSelect(store), [store])
  const container = usePlot(create, select)
  const card = useRef<HTMLDivElement>(null)
  const isEmpty = useAppStore((s) => selectMapData(s) === null)
  return (
    <>
      <div
        className={classes.frame}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          placeCard(card.current, event.clientX - box.left, event.clientY - box.top, box)
        }}
      >
        <div ref={container} className={classes.plot} />
        <HoverCard ref={card} />
      </div>
      {isEmpty && <p className={classes.quietNote}>One point a value will stand here, at random first.</p>}
      <NothingFound />
      <MapButtons map={map} />
    </>
  )
}

/** Beside the pointer, on the side where there is room. */
function placeCard(card: HTMLElement | null, x: number, y: number, box: DOMRect): void {
  if (!card) return
  const right = x < box.width - 290
  const below = y < box.height - 190
  card.style.transform = `translate(${right ? x + 16 : x - 16}px, ${below ? y + 16 : y - 16}px) translate(${right ? 0 : -100}%, ${below ? 0 : -100}%)`
}
