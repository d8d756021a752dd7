import { lazy, Suspense } from 'react'
import { LeftColumn } from './columns/LeftColumn'
import { LessonDrawer } from './lessons/LessonDrawer'
import { lessonOf } from './lessons/lessonOf'
import { MiddleColumn } from './MiddleColumn'
import { Notices } from './Notices'
import { RightColumn } from './RightColumn'
import { Transport } from './transport/Transport'
import { useShortcuts } from './transport/useShortcuts'
import { useAfterFirstPicture } from './useAfterFirstPicture'
import { useApp, useAppStore } from './useApp'
import { useLostFocus } from './useLostFocus'

const WatchListLesson = lazy(() =>
  import('./lessons/WatchListLesson').then(({ WatchListLesson }) => ({ default: WatchListLesson })),
)

const SimilarityLesson = lazy(async () => ({
  default: (await import('./lessons/SimilarityLesson')).SimilarityLesson,
}))

/** One run: its columns, its map, its measures. */
export function Playground() {
  useShortcuts(useApp())
  const besides = useAfterFirstPicture()
  const ref = useLostFocus<HTMLElement>(null, { fromStart: true })
  return (
    <>
      <Transport />
      <Notices />
      <aside className="app-left" aria-label="Data and feature columns">
        {besides && <LeftColumn />}
      </aside>
      <main ref={ref} tabIndex={-1}>
        <Suspense fallback={null}>
          <Lesson />
        </Suspense>
        <MiddleColumn />
      </main>
      <aside className="app-right" aria-label="Measures">
        {besides && <RightColumn />}
      </aside>
    </>
  )
}

function Lesson() {
  const dataset = useAppStore((s) => s.experiment.dataset)
  const name = useAppStore((s) => s.lessonName)
  const lists = useAppStore((s) => s.experiment.model.type === 'watchList')
  if (name === 'similarity') return <SimilarityLesson />
  return lists ? <WatchListLesson /> : <LessonDrawer lesson={lessonOf(dataset)} />
}
