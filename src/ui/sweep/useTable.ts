import { useEffect, useMemo, useState } from 'react'
import { decodeWeights } from '../../exports/weightsFile'
import type { LearntTable, PointsInfo } from '../../protocol/trainer'
import { type AppHandles, useApp } from '../useApp'
import type { RunChoice } from './runChoices'

type Read = { table: LearntTable } | { fault: string } | null

/** The table of a run; null while it is fetched. `name`: which of a playground run's tables, null for the one on its map. */
export function useTable(run: RunChoice | null, name: string | null): Read {
  const app = useApp()
  const [asked, setAsked] = useState<{ of: number; read: Read } | null>(null)
  const from = run?.from ?? null
  const runId = from && 'runId' in from ? from.runId : null
  useEffect(() => {
    if (runId === null) return
    let left = false
    const tell = (read: Read) => !left && setAsked({ of: runId, read })
    fetchTable(app, runId, name).then(
      (table) => tell({ table }),
      (error) => tell({ fault: error instanceof Error ? error.message : String(error) }),
    )
    return () => {
      left = true
    }
  }, [app, runId, name])
  const kept = from && 'points' in from ? from : null
  return useMemo(() => {
    if (kept) return { table: kept }
    return asked?.of === runId ? asked.read : null
  }, [kept, asked, runId])
}

async function fetchTable({ ask, store }: AppHandles, runId: number, name: string | null): Promise<LearntTable> {
  const state = store.getState()
  const of = runId === state.runId ? {} : { ofRun: runId }
  const { bytes } = await ask({ type: 'exportWeights', optimizerState: false, ...of })
  const { keyed } = decodeWeights(bytes)
  const wanted = name ?? state.points?.table ?? null
  const tables = Object.entries(keyed).filter(([key]) => key.endsWith('_embedding'))
  const found = tables.find(([key]) => key === wanted) ?? (name === null ? tables[0] : undefined)
  if (!found) throw new Error(`This run has no table ${name ?? 'of vectors'}.`)
  const [table, { keys, array }] = found
  const { points } = state
  const isOnMap = points?.table === table && points.keys.length === keys.length
  return {
    points: isOnMap ? points : nameless(table, keys),
    dimension: array.shape[1] ?? 1,
    vectors: array.values,
  }
}

/** What is known of a table that is not on the map: the keys of its rows. */
function nameless(table: string, keys: string[]): PointsInfo {
  return { table, keys, labels: keys, counts: new Uint32Array(keys.length).fill(1), attributes: [], colorBy: null }
}
