import { useMemo, useRef } from 'react'
import type { TransferSettings } from '../../experiment/transferSettings'
import { createSpreadChart, type SpreadChartProps } from '../../plots/spreadChart'
import type { GivenSource, Transfer, TransferState } from '../../transfer/runTransfer'
import {
  crossingOf,
  type SizeSummary,
  sizeShown,
  sizesOf,
  summarizeTransfer,
  type TransferSummary,
} from '../../transfer/transferResults'
import classes from '../pages/labPage.module.css'
import { useAppStore } from '../useApp'
import { usePlotOf } from '../usePlotOf'
import { SaveTransfer } from './SaveTransfer'
import { TransferProgress } from './TransferProgress'
import { TransferTable } from './TransferTable'
import { TransferVerdict } from './TransferVerdict'
import { useAsk } from './useLab'
import { kindWords, studentWords } from './words'

interface Props {
  settings: TransferSettings
  given: Pick<GivenSource, 'title'> | null
  /** null: nothing is trained yet. Everything has its place then already. */
  transfer: Transfer | null
  state: TransferState | null
  estimate: string
  /** Of the fields: they ask for something else than the settings, that cannot be. */
  fault: string | null
}

/** Progress, the picture, the answer in words, and the numbers. */
export function TransferResults({ settings, given, transfer, state, estimate, fault }: Props) {
  const size = useAppStore((s) => s.transfer.size)
  const summary = useMemo(() => (state?.plan ? summarizeTransfer(state.plan, state.cells) : null), [state])
  const picture = useRef<HTMLDivElement>(null)
  const chosen = summary && sizeShown(sizesOf(summary), size)
  return (
    <section className={classes.stack} aria-label="Results">
      <TransferProgress {...{ settings, given, transfer, state, estimate, fault }} />
      <div className={classes.controls}>
        <TransferVerdict summary={summary} size={size} />
        <span className={classes.end}>
          {transfer && summary && chosen !== undefined && <SaveTransfer transfer={transfer} picture={picture} />}
        </span>
      </div>
      <div ref={picture}>
        <Chart settings={settings} summary={summary} chosen={chosen ?? null} />
      </div>
      <TransferTable sizes={settings.sizes} summary={summary} />
      <HowTheyLearn />
    </section>
  )
}

interface ChartProps {
  settings: TransferSettings
  summary: TransferSummary | null
  chosen: number | null
}

function Chart({ settings, summary, chosen }: ChartProps) {
  const ask = useAsk()
  const crossing = summary && crossingOf(summary)
  const student = studentWords[settings.student].title
  const props: SpreadChartProps = {
    title: `${student}: validation R²`,
    note: null,
    xName: 'labelled hours the students learn from',
    values: settings.sizes,
    series: [
      { name: kindWords.scratch.name, look: 'ground', points: pointsOf(summary?.scratch) },
      { name: kindWords.frozen.name, look: 'second', points: pointsOf(summary?.frozen) },
      { name: kindWords.fineTuned.name, look: 'main', points: pointsOf(summary?.fineTuned) },
    ],
    rules: [
      ...(typeof crossing === 'number'
        ? [{ at: crossing, label: 'from scratch catches up with frozen', look: 'quiet' as const }]
        : []),
      ...(chosen === null ? [] : [{ at: chosen, label: null, look: 'main' as const }]),
    ],
    within: R2,
    decimals: 2,
    dots: 'small',
    chosen,
    nameOf: (size) => `${size.toLocaleString('en-US')} labels`,
    ariaLabel:
      chosen === null
        ? `Validation R² of ${student} by the number of labels: nothing is trained yet`
        : `Validation R² of ${student} by the number of labels, for students from scratch, frozen and fine-tuned: mean and spread over the seeds. Arrows read the sizes off, Enter shows a size’s map; the same numbers are in the table below`,
    onChoose: (size) => ask({ size }),
  }
  const container = usePlotOf(createSpreadChart, props)
  return (
    <div className={classes.picture}>
      <div ref={container} className={classes.chart} />
      {chosen === null && (
        <p className={classes.promise}>
          <span>
            Three lines: students from scratch, with frozen vectors, and fine-tuned. How much is the source worth, and
            for how long?
          </span>
        </p>
      )}
    </div>
  )
}

/** R² far below 0 is no model at all, however far. */
const R2: SpreadChartProps['within'] = { least: [0, 1], most: [-0.5, 1] }

function pointsOf(summaries: readonly SizeSummary[] = []) {
  return summaries.map(({ size, mean, deviation, runs }) => {
    return { value: size, mean, deviation, runs: runs.map(({ seed, r2 }) => ({ seed, reading: r2 })) }
  })
}

/** What is the same for all three, said where the numbers stand. */
function HowTheyLearn() {
  return (
    <p className={classes.quiet}>
      All three learn alike: log(1 + count), standardized by their own labels; gradient descent, 1,200 steps of up to 32
      hours, rate 0.1, L2 0.03; measured on the same 16,800 hours that no one learns from. This way of learning was
      chosen once, on the television with other seeds.
    </p>
  )
}
