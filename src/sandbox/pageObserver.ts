import type { RunObserver } from '../estimator/runObserver'
import type { Post } from './post'
import { bounds, type SpecMessage } from './protocol'
import { createStepBatch } from './stepBatch'
import { createTableReader } from './tableReader'

export interface PageObserver extends RunObserver {
  /** The table whose vectors are sent while it trains. */
  watch(name: string | null): void
  /** Sends the steps that have not been sent. */
  sendSteps(): void
  /** These, and the vectors as they are now. */
  flush(): Promise<void>
}

/** Tells the page what happens in a run, as much as it can show; `onSend` is called before each batch of steps. */
export function createPageObserver(post: Post, now: () => number, onSend: () => void = () => {}): PageObserver {
  const steps = createStepBatch(post, now)
  const tables = createTableReader(post, now)
  function sendSteps(): void {
    onSend()
    steps.send()
  }
  return {
    sendSteps,
    stepped(event) {
      steps.add(event)
      if (steps.isDue()) sendSteps()
      tables.show(event.globalStep)
    },
    evaluated({ modelDir, name, globalStep, metrics }) {
      sendSteps()
      const shown = { modelDir: cut(modelDir), name: cut(name), globalStep, metrics: firstOf(metrics, bounds.metrics) }
      post({ type: 'evaluated', ...shown })
    },
    checkpointSaved: (event) => post({ type: 'checkpointSaved', ...event }),
    exported: ({ exporter, ...artifact }) => post({ type: 'exported', exporter: cut(exporter), ...artifact }),
    spec: (parts) => post({ type: 'spec', parts: shownSpec(parts) }),
    info: (text) => post({ type: 'console', level: 'info', text: text.slice(0, 4000) }),
    tableDeclared: tables.declare,
    watch: tables.watch,
    async flush() {
      sendSteps()
      await tables.flush()
    },
  }
}

const cut = (name: string) => name.slice(0, bounds.name)

/** The first entries of a record, with names that the page can show. */
function firstOf<T>(record: Readonly<Record<string, T>>, most: number): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record)
      .slice(0, most)
      .map(([name, value]) => [cut(name), value]),
  )
}

function shownSpec({ predictions, trainOp, evalMetricOps, exportOutputs, ...rest }: SpecMessage): SpecMessage {
  const tensors = (all: NonNullable<SpecMessage['predictions']>) => firstOf(all, bounds.tensors)
  return {
    ...rest,
    predictions: predictions && tensors(predictions),
    trainOp: trainOp?.slice(0, 1000) ?? null,
    evalMetricOps: evalMetricOps?.slice(0, bounds.metrics).map(cut) ?? null,
    exportOutputs:
      exportOutputs &&
      Object.fromEntries(
        Object.entries(firstOf(exportOutputs, bounds.outputs)).map(([name, { kind, outputs }]) => [
          name,
          { kind, outputs: tensors(outputs) },
        ]),
      ),
  }
}
