import { Box } from '@mantine/core'
import layout from '../controls/layout.module.css'
import { useAppStore } from '../useApp'
import classes from './data.module.css'

/** The first rows of the data, as they are. */
export function SampleRows() {
  const { summary } = useAppStore(({ summary }) => ({ summary }))
  if (!summary) return null
  const { columns, sampleRows } = summary
  const keys = sampleRows.map((row, i) => `${i} ${row[0]}`)
  return (
    <section className={layout.section} aria-label="Rows of the data">
      <h2>The first {sampleRows.length} rows</h2>
      {/* What scrolls must be reachable by keyboard. */}
      <Box className={classes.scroll} role="group" aria-label="Scrolls sideways" tabIndex={0}>
        <table className={classes.rows}>
          <thead>
            <tr>
              {columns.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sampleRows.map((row, i) => (
              <tr key={keys[i]}>
                {columns.map(({ name }, at) => (
                  <td key={name}>{row[at]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
    </section>
  )
}
