/** Runs everything and adds up: types, lint, unit tests, kernels on WebGPU, journeys in a browser. `npm test`. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { findOrInstallBrowser } from './findBrowser'

interface Count {
  passed: number
  failed: number
  skipped: number
}

const folder = '.cache/test'
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
process.env.CHROMIUM_PATH = findOrInstallBrowser()

const total: Count = { passed: 0, failed: 0, skipped: 0 }
const lines: string[] = []

function run(title: string, command: string, environment: Record<string, string> = {}): boolean {
  console.log(`\n── ${title}: ${command}`)
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit', env: { ...process.env, ...environment } })
  return status === 0
}

function add(title: string, { passed, failed, skipped }: Count): void {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  lines.push(`${title.padEnd(28)} ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
}

/** A command that passes or fails as a whole. */
function check(title: string, command: string): boolean {
  const ok = run(title, command)
  add(title, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })
  return ok
}

/** A test runner whose report counts; one that dies without a report counts as a failure. */
function suite(
  title: string,
  command: string,
  environment: Record<string, string>,
  report: string,
  read: (json: unknown) => Count,
) {
  const ok = run(title, command, environment)
  const count = existsSync(report)
    ? read(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 1, skipped: 0 }
  add(title, !ok && count.failed === 0 ? { ...count, failed: 1 } : count)
  return count
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}
const vitest = (json: unknown): Count => {
  const report = json as VitestReport
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}
const playwright = (json: unknown): Count => {
  const { expected, unexpected, flaky, skipped } = (json as PlaywrightReport).stats
  return { passed: expected, failed: unexpected + flaky, skipped }
}

check('types', 'npm run --silent typecheck')
check('lint', 'npm run --silent lint')
const unit = `${folder}/unit.json`
suite(
  'unit',
  `npm run --silent test:unit -- --reporter=default --reporter=json --outputFile.json=${unit}`,
  {},
  unit,
  vitest,
)
const gpu = `${folder}/gpu.json`
const kernels = suite(
  'kernels on WebGPU',
  `npm run --silent test:gpu -- --reporter=default --reporter=json --outputFile.json=${gpu}`,
  {},
  gpu,
  vitest,
)
if (kernels.passed === 0 && kernels.failed === 0)
  add('kernels on WebGPU: none ran', { passed: 0, failed: 1, skipped: 0 })
if (check('build', 'npm run --silent build')) {
  const e2e = `${folder}/e2e.json`
  suite('journeys', 'npm run --silent test:e2e', { PLAYWRIGHT_JSON_OUTPUT_NAME: e2e }, e2e, playwright)
}

console.log(`\n${lines.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
