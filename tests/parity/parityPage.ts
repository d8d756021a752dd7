import type { ParityRow } from './parityRow'

const parts: Record<ParityRow['part'], string> = {
  Hashes: '`fingerprint64` and the hash of a cross, on TensorFlow’s own operations.',
  Columns: 'The id of every value, and the places of those that have none.',
  Crosses:
    'Ids of `crossed_column`: numbers raw, texts by fingerprint, sparse inputs before dense ones, products of several values.',
  Lookups: 'Vectors of bags of ids, 32-bit floats summed in another order.',
  'Dense input': 'What the network reads, columns side by side sorted by name.',
  Sequences: 'A step for every value of a row.',
  'Keras layers':
    'Ids of Keras’s layers against ours plus the shift that the page shows; the page’s code run in TensorFlow and in Keras on 2,000 rows.',
  Optimizers:
    'An embedding of 5 rows under a dense layer, squared error, duplicates in a batch: losses of five steps and all weights after them, on the CPU. Keras 3 on TensorFlow squares the gradient of each lookup by itself where a batch looks a row up twice (row 1 here), and adds the squares; on JAX and PyTorch it sums the lookups first, as TensorFlow 1 does and we do: that row is left out of three comparisons.',
}

/** docs/tensorflow-parity.md. */
export function parityPage(rows: readonly ParityRow[], versions: { tensorflow: string; keras: string }): string {
  const values = rows.reduce((sum, { count }) => sum + count, 0).toLocaleString('en')
  return `# The same answers as TensorFlow

Made by \`npm run build:parity\` from the test run (\`tests/parity\`), which fails where a difference is larger than allowed, or this page another.
TensorFlow ${versions.tensorflow} and Keras ${versions.keras} answered once, on a CPU in 32-bit floats; the scripts and their answers are in \`tests/goldens\`.
${rows.length} comparisons, ${values} values.

A difference is relative where the value is above 1, and rounded up to one digit. “equal”: no value differs.
${Object.entries(parts)
  .map(([part, text]) => section(part, text, rows))
  .join('')}`
}

function section(part: string, text: string, rows: readonly ParityRow[]): string {
  const lines = rows
    .filter((row) => row.part === part)
    .map(({ what, golden, count, difference, tolerance }) => {
      const cells = [
        what.replaceAll('|', '\\|'),
        `\`${golden}\``,
        count.toLocaleString('en'),
        shown(difference),
        shown(tolerance),
      ]
      return `| ${cells.join(' | ')} |`
    })
  return `
## ${part}

${text}

| what | answers | values | largest difference | allowed |
|---|---|--:|--:|--:|
${lines.join('\n')}
`
}

function shown(difference: number): string {
  if (difference === 0) return 'equal'
  const exponent = Math.floor(Math.log10(difference))
  // 1e-6 is one times its power, which floating point may miss by a hair.
  const digit = Math.ceil(difference / 10 ** exponent - 1e-9)
  return digit === 10 ? `1e${exponent + 1}` : `${digit}e${exponent}`
}
