import { isSampled } from '../../experiment/watchList'
import { formatCount } from '../../lib/formatNumber'
import type { RunInfo } from '../../protocol/trainer'
import { useAppStore } from '../useApp'
import classes from './lab.module.css'

/** What is on the lists of the run, how it trains and how it is measured, in words. */
export function WatchListFacts() {
  const run = useAppStore((s) => s.run)
  const facts = run && factsOf(run)
  if (!facts) return null
  return (
    <div>
      <h3 className={classes.sub}>How it learns and is measured</h3>
      {facts.map((fact) => (
        <p key={fact} className={classes.quiet}>
          {fact}
        </p>
      ))}
    </div>
  )
}

function factsOf({ experiment, columns, validationRows }: RunInfo): string[] | null {
  const { model, label } = experiment
  if (model.type !== 'watchList' || label.task !== 'multiclass') return null
  const items = columns[0]?.buckets ?? 0
  const listed = model.liked
    ? `On a list: what was rated ${model.liked.atLeast} or more.`
    : 'On a list: whatever was rated, well or not.'
  const order =
    model.order === null
      ? 'Its order is drawn from the seed: the data do not say when.'
      : `It is in the order of ‘${model.order}’.`
  const softmax = isSampled(model, items)
    ? `A step compares the next ${label.column} with ${formatCount(Math.min(model.candidates, items))} others, drawn anew (sampled softmax), not with all ${formatCount(items)}; what you see, and the metrics, are over all.`
    : `A step compares the next ${label.column} with all ${formatCount(items)} (full softmax).`
  return [
    `${listed} ${order}`,
    softmax,
    `Validation: a share of the ${model.user}s is held out whole; the last ten of each are predicted from what came before, ${formatCount(validationRows)} in all. Recall@10: how often the true one is among the ten shown.`,
  ]
}
