import { Button } from '@mantine/core'
import { useState } from 'react'
import { formatBytes, formatCount } from '../../lib/formatNumber'
import type { LookupTime } from '../../protocol/inspect'
import { RangeSlider } from '../controls/RangeSlider'
import { useApp } from '../useApp'
import classes from './inspect.module.css'
import sparseClasses from './sparse.module.css'
import { timeText } from './timeText'
import { askInspection } from './useInspection'

/** Steps of the slider to a power of ten, from 100 to 10,000,000. */
const PER_DECADE = 10
const LAST = 5 * PER_DECADE
const vocabularyAt = (position: number) => Number((100 * 10 ** (position / PER_DECADE)).toPrecision(2))
const MOST_SHOWN = 6

interface Props {
  /** Of the column: where the slider begins. */
  buckets: number
  dimension: number
}

/** The one-hot product against the lookup, timed in this browser at any size of the vocabulary. */
export function TimedProduct({ buckets, dimension }: Props) {
  const { ask } = useApp()
  const [position, setPosition] = useState(() =>
    Math.max(0, Math.min(LAST, Math.round(PER_DECADE * Math.log10(Math.max(buckets, 100) / 100)))),
  )
  const [timed, setTimed] = useState<LookupTime[]>([])
  const [state, setState] = useState<{ busy: boolean; fault: string | null }>({ busy: false, fault: null })
  const vocabulary = vocabularyAt(position)

  async function measure(size: number) {
    setState({ busy: true, fault: null })
    try {
      const time = await askInspection(ask, { about: 'lookupTime', vocabulary: size, dimension })
      setTimed((before) => [...before.filter((other) => other.vocabulary !== size), time].slice(-MOST_SHOWN))
      setState({ busy: false, fault: null })
    } catch (error) {
      setState({ busy: false, fault: error instanceof Error ? error.message : String(error) })
    }
  }
  return (
    <section className={classes.part} aria-label="Measured time">
      <h3>What the zeros cost: measured in this browser</h3>
      <div className={classes.size}>
        <div className={classes.sizeSlider}>
          <span className={classes.label}>
            Size of the vocabulary <b>{formatCount(vocabulary)}</b>
          </span>
          <RangeSlider
            label="Size of the vocabulary"
            valueText={formatCount(vocabulary)}
            max={LAST}
            value={position}
            onChange={setPosition}
          />
        </div>
        <Button variant="filled" disabled={state.busy} onClick={() => void measure(vocabulary)}>
          {state.busy ? 'Measuring…' : 'Measure'}
        </Button>
      </div>
      {state.fault && <p className={classes.warning}>{state.fault}</p>}
      {timed.length > 0 && <Times times={timed.toSorted((a, b) => a.vocabulary - b.vocabulary)} />}
    </section>
  )
}

function Times({ times }: { times: LookupTime[] }) {
  const { rows, dimension } = times[0]!
  return (
    <>
      <table className={classes.compared}>
        <thead>
          <tr>
            <th scope="col">vocabulary</th>
            <th scope="col">sparse lookup</th>
            <th scope="col">one-hot product</th>
            <th scope="col">one-hot matrix</th>
          </tr>
        </thead>
        <tbody aria-live="polite">
          {times.map(({ vocabulary, lookupMs, oneHotMs, oneHotBytes }) => (
            <tr key={vocabulary}>
              <th scope="row">{formatCount(vocabulary)}</th>
              <td>{timeText(lookupMs)}</td>
              <td>
                {oneHotMs === null ? (
                  <span className={sparseClasses.refused}>refused: too large for memory</span>
                ) : (
                  <>
                    {timeText(oneHotMs)} <small>{formatCount(oneHotMs / lookupMs)} times</small>
                  </>
                )}
              </td>
              <td>
                {formatBytes(oneHotBytes)}
                {oneHotMs === null && ' needed'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.quiet}>
        A batch of {rows} rows with one id each, times a table of {dimension} numbers a row, one thread of the same SIMD
        kernels; both give the same numbers.
      </p>
    </>
  )
}
