import type { Estimator, ServingInputReceiverFn } from './estimator'
import { host } from './host'

export interface ExportContext {
  estimator: Estimator
  /** `<modelDir>/export/<name>` */
  exportPath: string
  checkpointPath: string
  evalResult: Record<string, number>
  /** The last evaluation, at `maxSteps`. */
  isTheFinalExport: boolean
}

/** Called with each evaluation of `trainAndEvaluate`. Answers with the path of the exported model, or null. */
export interface Exporter {
  readonly name: string
  export(context: ExportContext): Promise<string | null>
}

export interface ExporterOptions {
  name: string
  servingInputReceiverFn: ServingInputReceiverFn
}

interface KeepingOptions extends ExporterOptions {
  /** 5; null = all */
  exportsToKeep?: number | null
}

function checkName(name: string): void {
  if (!name) throw new Error('An exporter needs a name: its models lie under it.')
}

function checkKept(exportsToKeep: number | null): void {
  if (exportsToKeep !== null && !(Number.isInteger(exportsToKeep) && exportsToKeep > 0)) {
    throw new RangeError(`exportsToKeep is ${exportsToKeep}; it must be a whole number from 1, or null for all.`)
  }
}

async function exportModel(
  { estimator, exportPath, checkpointPath }: ExportContext,
  { name, servingInputReceiverFn }: ExporterOptions,
) {
  return estimator.exportSavedModel(exportPath, servingInputReceiverFn, { checkpointPath, exporter: name })
}

/** Deletes all but the newest exports under `exportPath`; the one at `path` stays, also where those of an earlier run have taken more steps. */
async function collectGarbage(exportPath: string, path: string, exportsToKeep: number | null): Promise<void> {
  if (exportsToKeep === null) return
  const { storage } = host()
  const names = await storage.list(`${exportPath}/`)
  const versionOf = (name: string) => Number(name.slice(exportPath.length + 1).split('/')[0])
  const own = versionOf(path)
  const others = [...new Set(names.map(versionOf))].filter((version) => Number.isInteger(version) && version !== own)
  const old = new Set([...others.sort((a, b) => a - b), own].slice(0, -exportsToKeep))
  for (const name of names) if (old.has(versionOf(name))) await storage.delete(name)
}

/** `tf.estimator.LatestExporter`: the model of each evaluation; the newest 5 are kept. */
export class LatestExporter implements Exporter {
  readonly name: string
  private readonly options: Required<KeepingOptions>

  constructor({ exportsToKeep = 5, ...options }: KeepingOptions) {
    checkName(options.name)
    checkKept(exportsToKeep)
    this.name = options.name
    this.options = { ...options, exportsToKeep }
  }

  async export(context: ExportContext): Promise<string> {
    const path = await exportModel(context, this.options)
    await collectGarbage(context.exportPath, path, this.options.exportsToKeep)
    return path
  }
}

/** `tf.estimator.FinalExporter`: the model of the last evaluation alone. */
export class FinalExporter implements Exporter {
  readonly name: string

  constructor(private readonly options: ExporterOptions) {
    checkName(options.name)
    this.name = options.name
  }

  async export(context: ExportContext): Promise<string | null> {
    return context.isTheFinalExport ? exportModel(context, this.options) : null
  }
}

type Compare = (best: Record<string, number>, current: Record<string, number>) => boolean

/** `tf.estimator.BestExporter`: the model of each evaluation that is better than all before it, those of earlier runs in the same place among them. */
export class BestExporter implements Exporter {
  readonly name: string
  private readonly options: Required<KeepingOptions>
  private readonly compareFn: Compare

  /** `compareFn`: whether `current` is better than `best`. Default: its loss is smaller. */
  constructor({ exportsToKeep = 5, compareFn = lossSmaller, ...options }: KeepingOptions & { compareFn?: Compare }) {
    checkName(options.name)
    checkKept(exportsToKeep)
    this.name = options.name
    this.options = { ...options, exportsToKeep }
    this.compareFn = compareFn
  }

  async export(context: ExportContext): Promise<string | null> {
    const { exportPath, evalResult } = context
    const best = await loadBest(exportPath)
    if (best && !this.compareFn(best, evalResult)) return null
    const path = await exportModel(context, this.options)
    await saveBest(exportPath, evalResult)
    await collectGarbage(exportPath, path, this.options.exportsToKeep)
    return path
  }
}

const bestFile = (exportPath: string) => `${exportPath}/best.json`

/** JSON knows neither infinity nor NaN: all numbers as texts. */
async function saveBest(exportPath: string, evalResult: Record<string, number>): Promise<void> {
  const texts = Object.entries(evalResult).map(([name, value]) => [name, String(value)])
  await host().storage.save(bestFile(exportPath), new TextEncoder().encode(JSON.stringify(Object.fromEntries(texts))))
}

async function loadBest(exportPath: string): Promise<Record<string, number> | null> {
  const bytes = await host().storage.load(bestFile(exportPath))
  if (!bytes) return null
  const texts = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, string>
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Number(text)]))
}

function lossSmaller(best: Record<string, number>, current: Record<string, number>): boolean {
  const [lowest, loss] = [best.loss, current.loss]
  if (lowest === undefined || loss === undefined)
    throw new Error('BestExporter compares by loss, and the evaluation gave none: give a compareFn.')
  return loss < lowest || (Number.isNaN(lowest) && !Number.isNaN(loss))
}
