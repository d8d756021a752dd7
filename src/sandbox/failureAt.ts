/** How the code names itself in stacks. */
export const CODE_NAME = 'model.ts'
/** Lines that `AsyncFunction` puts before a body. */
const HEAD_LINES = 2

export interface Failure {
  message: string
  line: number | null
  column: number | null
  stack: string | null
}

/** What was thrown, and where in the editor's code: the innermost place of the stack that lies in it. */
export function failureAt(error: unknown): Failure {
  if (!(error instanceof Error))
    return { message: `Thrown: ${String(error)}`.slice(0, 4000), line: null, column: null, stack: null }
  const stack = typeof error.stack === 'string' ? error.stack : null
  const place = stack?.match(new RegExp(`${CODE_NAME.replace('.', '\\.')}:(\\d+):(\\d+)`))
  const line = place ? Number(place[1]) - HEAD_LINES : null
  const name = error.name === 'Error' || error.message.startsWith(error.name) ? '' : `${error.name}: `
  return {
    message: `${name}${error.message}`.slice(0, 4000),
    line: line !== null && line > 0 ? line : null,
    column: line !== null && line > 0 ? Number(place?.[2]) : null,
    stack: stack?.slice(0, 8000) ?? null,
  }
}
