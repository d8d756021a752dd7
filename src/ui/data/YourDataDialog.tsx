import { Dialog } from '../controls/Dialog'
import { useApp } from '../useApp'
import classes from './data.module.css'
import { FileZone } from './FileZone'
import { openTitles } from './openTitles'

/** What can be brought, and how. */
export function YourDataDialog({ onClose }: { onClose(): void }) {
  const { store } = useApp()
  return (
    <Dialog title="Your data" widthPx={560} onClose={onClose}>
      <div className={classes.dialog}>
        <FileZone onChosen={onClose}>Drop files anywhere on this page, at any time, or</FileZone>
        <dl className={classes.formats}>
          <dt>MovieLens</dt>
          <dd>
            The zip as it comes (latest-small, 25M, 32M), <code>ratings.csv</code> with <code>movies.csv</code>,{' '}
            <code>u.data</code> with <code>u.item</code>, <code>ratings.dat</code> with <code>movies.dat</code>: gives
            titles and genres.
          </dd>
          <dt>Tables</dt>
          <dd>CSV, TSV or JSON lines, a million rows and more. Dates become day of week, hour and month.</dd>
          <dt>Text</dt>
          <dd>
            A column of texts is split into words: a row looks up several.{' '}
            <button type="button" className={classes.inline} onClick={() => void openTitles(store, onClose)}>
              Try 3,200 film titles
            </button>
            : which are rated R?
          </dd>
          <dt>Weights</dt>
          <dd>A weights file that was exported here: training goes on from it.</dd>
        </dl>
        <p className={classes.muted}>The rows stay in this browser: nothing is sent anywhere.</p>
      </div>
    </Dialog>
  )
}
