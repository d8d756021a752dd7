import { startKinds } from '../../experiment/transferSettings'
import { formatCount } from '../../lib/formatNumber'
import type { TransferSummary } from '../../transfer/transferResults'
import { Reading, ReadingsTable } from '../pages/ReadingsTable'
import { useAppStore } from '../useApp'
import { useAsk } from './useLab'
import { formatR2, kindWords } from './words'

/** A line for each number of labels, mean ± deviation; each opens its map. `summary` null: there is nothing yet. */
export function TransferTable({ sizes, summary }: { sizes: readonly number[]; summary: TransferSummary | null }) {
  const shown = useAppStore(({ transfer: { kind, size } }) => ({ kind, size }))
  const ask = useAsk()
  const lines = sizes.map((size) => ({
    name: formatCount(size),
    cells: startKinds.map((kind) => {
      const point = summary?.[kind].find((each) => each.size === size)
      if (!point) return '–'
      const { count, mean, deviation } = point
      return (
        <Reading
          key={kind}
          reading={count < 2 ? formatR2(mean) : `${formatR2(mean)} ± ${formatR2(deviation)}`}
          opens={`the map of ${kindWords[kind].name} with ${formatCount(size)} labels`}
          isShown={shown.kind === kind && shown.size === size}
          onOpen={() => ask({ kind, size })}
        />
      )
    }),
  }))
  return (
    <ReadingsTable
      caption="Validation R² by labels and student, mean ± standard deviation over the seeds"
      columns={[{ name: 'labels' }, ...startKinds.map((kind) => kindWords[kind])]}
      lines={lines}
    />
  )
}
