import { columnName } from '../../experiment/columnName'
import type { DenseColumn, Experiment } from '../../experiment/experiment'
import { labelWords } from '../data/labelChoices'
import classes from './columns.module.css'
import { describeColumn } from './describeColumn'

const WIDTH = 268
const MOST_COLUMNS = 5
const MOST_CELLS = 8
const CELL = 7
const TOP = 26

interface Layer {
  y: number
  width: number
  text: string
}

/** Feature columns → vectors → ⟨u, v⟩ or layers → output, from top to bottom. */
export function ModelDiagram({ experiment }: { experiment: Experiment }) {
  const { columns, model, label } = experiment
  const sorted = [...columns].sort((a, b) => (columnName(a) < columnName(b) ? -1 : 1))
  const shown = sorted.slice(0, MOST_COLUMNS)
  const step = WIDTH / shown.length
  // One column goes through as it is.
  const joinY = TOP + (sorted.length > 1 ? 44 : 14)
  const layers = model.type === 'tabular' ? hiddenLayers(model.hiddenUnits, joinY) : []
  const last = layers.at(-1)?.y ?? joinY
  const outputY = last + 34
  const below = layers.length > 0 ? 5 : sorted.length > 1 ? 10 : -8
  const output = labelWords(label)
  return (
    <svg
      className={classes.diagram}
      viewBox={`0 0 ${WIDTH} ${outputY + 8}`}
      role="img"
      aria-label={altText(sorted, experiment)}
    >
      {shown.map((column, i) => {
        const x = step * (i + 0.5)
        return (
          <g key={columnName(column)}>
            <path
              className={classes.wire}
              d={`M${x} ${TOP + 6}C${x} ${TOP + 26} ${WIDTH / 2} ${TOP + 18} ${WIDTH / 2} ${joinY - 8}`}
            />
            <text className={classes.input} x={x} y={12}>
              {shorten(describeColumn(column, null).title, step)}
            </text>
            <Cells column={column} x={x} />
          </g>
        )
      })}
      {sorted.length > shown.length && (
        <text className={classes.unit} x={WIDTH} y={TOP + 18} textAnchor="end">
          and {sorted.length - shown.length} more
        </text>
      )}
      {sorted.length > 1 && <Join dot={model.type === 'dotProduct'} y={joinY} />}
      <Layers layers={layers} joinY={joinY} />
      <path className={classes.wire} d={`M${WIDTH / 2} ${last + below}V${outputY - 11}`} />
      {model.type !== 'dotProduct' && (
        <text className={classes.unit} x={WIDTH / 2 + 8} y={(last + outputY) / 2}>
          {model.type === 'watchList' ? 'linear layer, softmax' : 'linear layer'}
        </text>
      )}
      <text className={classes.output} x={WIDTH / 2} y={outputY}>
        {shorten(model.type === 'watchList' ? `next ${output}` : output, WIDTH)}
      </text>
    </svg>
  )
}

function Layers({ layers, joinY }: { layers: Layer[]; joinY: number }) {
  return layers.map(({ y, width, text }, i) => (
    <g key={y}>
      <path className={classes.wire} d={`M${WIDTH / 2} ${(layers[i - 1]?.y ?? joinY) + 5}V${y - 5}`} />
      <rect className={classes.layer} x={(WIDTH - width) / 2} y={y - 4} width={width} height={8} rx={4} />
      <text className={classes.unit} x={(WIDTH + width) / 2 + 6} y={y + 3.5}>
        {text}
      </text>
    </g>
  ))
}

function hiddenLayers(units: number[], joinY: number): Layer[] {
  return units.map((count, i) => ({
    y: joinY + 26 * (i + 1),
    width: 24 + Math.min(1, Math.log2(count) / 10) * 120,
    text: String(count),
  }))
}

/** The vector that a column puts in: a cell for each dimension. */
function Cells({ column, x }: { column: DenseColumn; x: number }) {
  const width = column.type === 'embedding' ? column.dimension : 1
  const cells = Math.min(width, MOST_CELLS)
  const left = x - (cells * (CELL + 1) - 1) / 2
  const box = (i: number) => `M${left + i * (CELL + 1)} ${TOP - 5}h${CELL}v${CELL + 3}h${-CELL}z`
  const boxes = Array.from({ length: cells }, (_, i) => box(i)).join('')
  const className = column.type === 'embedding' && column.trainable ? classes.cellTrained : classes.cell
  return (
    <>
      <path className={className} d={boxes} />
      {width > MOST_CELLS && (
        <text className={classes.unit} x={left + cells * (CELL + 1) + 3} y={TOP + 3}>
          … {width}
        </text>
      )}
    </>
  )
}

function Join({ dot, y }: { dot: boolean; y: number }) {
  return (
    <>
      <circle className={classes.join} cx={WIDTH / 2} cy={y} r={9} />
      <text className={classes.joinText} x={WIDTH / 2} y={y + 4}>
        {dot ? '·' : '+'}
      </text>
      <text className={classes.unit} x={WIDTH / 2 + 15} y={y + 3.5}>
        {dot ? 'dot product' : 'side by side'}
      </text>
    </>
  )
}

function shorten(text: string, widthPx: number): string {
  const most = Math.max(4, Math.floor(widthPx / 6.6))
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

function altText(columns: DenseColumn[], { model, label }: Experiment): string {
  const inputs = columns.map((column) => {
    const { title } = describeColumn(column, null)
    return column.type === 'embedding' ? `${title} as ${column.dimension} numbers` : title
  })
  const middle =
    model.type === 'dotProduct'
      ? 'dot product'
      : model.type === 'watchList'
        ? 'all of a list averaged into one, then a linear layer and softmax'
        : ['concatenated', ...model.hiddenUnits.map((n) => `${n} units`)].join(', ')
  return `${inputs.join(' and ')}; ${middle}; predicts ${labelWords(label)}`
}
