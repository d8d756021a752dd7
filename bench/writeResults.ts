import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'

/** Writes bench/results/<suite>.json and the suite's part of docs/results.md, between its two marks. */
export async function writeResults(suite: string, result: object, markdown: string): Promise<void> {
  await writeJson(suite, result)
  await writePart('docs/results.md', suite, suite, markdown)
}

/** bench/results/<suite>.json: the machine and `result`. */
export async function writeJson(suite: string, result: object): Promise<void> {
  await mkdir('bench/results', { recursive: true })
  await writeFile(`bench/results/${suite}.json`, `${JSON.stringify({ machine: machine(), ...result }, null, 2)}\n`)
}

/** The part of a document between the marks of `name`, made by `npm run bench -- <command>`. Prints it too. Throws where there are no marks. */
export async function writePart(path: string, name: string, command: string, markdown: string): Promise<void> {
  const text = await readFile(path, 'utf8')
  const [open, close] = [`<!-- ${name}: made by npm run bench -- ${command} -->`, `<!-- end of ${name} -->`]
  const from = text.indexOf(open)
  const to = text.indexOf(close)
  if (from < 0 || to < from) throw new Error(`${path} has no part for ${name}.`)
  const { cores, cpu, node } = machine()
  const machineLine = `Measured on ${cores} cores (${cpu}), Node ${node}.`
  await writeFile(path, `${text.slice(0, from)}${open}\n\n${machineLine}\n\n${markdown}\n\n${text.slice(to)}`)
  console.log(`\n${markdown}\n`)
}

function machine() {
  return { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
}

/** A Markdown table. */
export function tableOf(head: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}
