import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'

/** Writes bench/results/<suite>.json and the suite's part of docs/results.md, between its two marks. */
export async function writeResults(suite: string, result: object, markdown: string): Promise<void> {
  await mkdir('bench/results', { recursive: true })
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
  await writeFile(`bench/results/${suite}.json`, `${JSON.stringify({ machine, ...result }, null, 2)}\n`)
  const path = 'docs/results.md'
  const text = await readFile(path, 'utf8')
  const [open, close] = [`<!-- ${suite}: made by npm run bench -- ${suite} -->`, `<!-- end of ${suite} -->`]
  const from = text.indexOf(open)
  const to = text.indexOf(close)
  if (from < 0 || to < from) throw new Error(`${path} has no part for ${suite}.`)
  const machineLine = `Measured on ${machine.cores} cores (${machine.cpu}), Node ${machine.node}.`
  await writeFile(path, `${text.slice(0, from)}${open}\n\n${machineLine}\n\n${markdown}\n\n${text.slice(to)}`)
  console.log(`\n${markdown}\n`)
}

/** A Markdown table. */
export function tableOf(head: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}
