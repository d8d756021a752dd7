import type { RunView } from './runView'

/** How a run goes, in a line. */
export function runWords({ status, last, message }: RunView): string {
  const step = last === null ? '' : `Step ${last.step.toLocaleString('en-US')}`
  switch (status) {
    case 'idle':
      return 'Ready'
    case 'starting':
      return 'Starting…'
    case 'running':
      return last === null ? 'Running…' : `${step} · ${speed(last.stepMs)} a step`
    case 'stopping':
      return 'Stopping…'
    case 'done':
      return last === null ? 'Done' : `Done · ${step.toLowerCase()}`
    case 'failed':
      return 'Stopped by an error'
    case 'stopped':
      return [message ?? 'Stopped', step].filter((part) => part !== '').join(' ')
  }
}

/** What computes, in a word and in a sentence. */
export function backendWords({ name, borrowed }: NonNullable<RunView['backend']>): { name: string; why: string } {
  if (name !== 'wasm') return { name: 'JavaScript', why: 'TensorFlow.js computes in plain JavaScript.' }
  const why = 'TensorFlow.js computes in WebAssembly (SIMD), on one thread.'
  if (borrowed.length === 0) return { name: 'WebAssembly', why }
  return {
    name: 'WebAssembly, JavaScript',
    why: `${why} Not there, or not right: ${borrowed.join(', ')}, in plain JavaScript.`,
  }
}

function speed(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}
