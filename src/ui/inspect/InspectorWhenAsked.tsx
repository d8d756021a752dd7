import { lazy, Suspense } from 'react'
import { useAppStore } from '../useApp'

const Inspector = lazy(() => import('./Inspector').then(({ Inspector }) => ({ default: Inspector })))

/** The inside of a column, as soon as somebody asks to see it: its code is not part of the page before. */
export function InspectorWhenAsked() {
  const inspecting = useAppStore((s) => s.inspecting)
  if (!inspecting) return null
  return (
    <Suspense fallback={null}>
      <Inspector {...inspecting} />
    </Suspense>
  )
}
