import { type ComponentType, lazy, Suspense } from 'react'
import type { Page } from '../../experiment/experimentLink'
import { Notices } from '../Notices'
import { useLostFocus } from '../useLostFocus'

type Lab = Exclude<Page, 'playground'>

const labs: Record<Lab, ComponentType> = {
  transfer: lazy(async () => ({ default: (await import('../transfer/TransferLab')).TransferLab })),
  dimensions: lazy(async () => ({ default: (await import('../sweep/DimensionsLab')).DimensionsLab })),
  custom: lazy(async () => ({ default: (await import('../custom/CustomLab')).CustomLab })),
}

/** A lab with a screen of its own; its code comes when it is opened. */
export function LabPage({ page }: { page: Lab }) {
  const Lab = labs[page]
  const ref = useLostFocus<HTMLElement>(page, { fromStart: true })
  return (
    <>
      <Notices />
      <main ref={ref} className="app-page" tabIndex={-1}>
        <Suspense fallback={null}>
          <Lab />
        </Suspense>
      </main>
    </>
  )
}
