import { useMemo, useRef } from 'react'
import { createTransferChart, type TransferChartProps } from '../../plots/transferChart'
import type { Transfer } from '../../transfer/runTransfer'
import { crossingOf, sizeShown, sizesOf, summarizeTransfer, type TransferSummary } from '../../transfer/transferResults'
import { usePlotOf } from '../sweep/usePlotOf'
import { lab } from './lab'
import { SaveTransfer } from './SaveTransfer'
import { TransferProgress } from './TransferProgress'
import { TransferTable } from './TransferTable'
import { TransferVerdict } from './TransferVerdict'
import classes from './transfer.module.css'
import { useLab, useTransfer } from './useLab'
import { kindWords, studentWords } from './words'

/** Progress, the picture, the answer in words, and the numbers. */
export function TransferResults({ transfer }: { transfer: Transfer }) {
  const { plan, cells } = useTransfer(transfer)
  const { shown } = useLab()
  const summary = useMemo(() => plan && summarizeTransfer(plan, cells), [plan, cells])
  const picture = useRef<HTMLDivElement>(null)
  return (
    <section className={classes.stack} aria-label="Results">
      <TransferProgress transfer={transfer} />
      {plan && summary && (
        <>
          <div className={classes.picture} ref={picture}>
            <Chart transfer={transfer} summary={summary} chosen={sizeShown(sizesOf(summary), shown.size) ?? null} />
            <SaveTransfer transfer={transfer} picture={picture} />
          </div>
          <TransferVerdict summary={summary} size={shown.size} />
          <TransferTable sizes={plan.settings.sizes} summary={summary} />
          <HowTheyLearn />
        </>
      )}
    </section>
  )
}

interface ChartProps {
  transfer: Transfer
  summary: TransferSummary
  chosen: number | null
}

function Chart({ transfer: { settings }, summary, chosen }: ChartProps) {
  const crossing = crossingOf(summary)
  const student = studentWords[settings.student].title
  const props: TransferChartProps = {
    title: `${student}: validation R²`,
    xName: 'labelled hours the students learn from',
    sizes: settings.sizes,
    series: [
      { name: kindWords.scratch.name, role: 'ground', points: summary.scratch },
      { name: kindWords.frozen.name, role: 'second', points: summary.frozen },
      { name: kindWords.fineTuned.name, role: 'first', points: summary.fineTuned },
    ],
    chosen,
    crossing: typeof crossing === 'number' ? { at: crossing, label: 'from scratch catches up with frozen' } : null,
    ariaLabel: `Validation R² of ${student} by the number of labels, for students from scratch, frozen and fine-tuned: mean and spread over the seeds. Arrows read the sizes off, Enter shows a size’s map; the same numbers are in the table below`,
    onChoose: (size) => lab.setState(({ shown }) => ({ shown: { ...shown, size } })),
  }
  const container = usePlotOf(createTransferChart, props)
  return <div ref={container} className={classes.chart} />
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
