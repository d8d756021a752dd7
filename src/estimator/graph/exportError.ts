/** What no graph can hold. */
export class ExportError extends Error {
  constructor(message: string) {
    super(`exportSavedModel: ${message}`)
  }
}

/** One that points at the line of the model function where `place` was made. */
export function exportError(message: string, place: Error): ExportError {
  const error = new ExportError(message)
  const frames = (place.stack ?? '').split('\n').filter((line) => /^\s*at |@/.test(line))
  error.stack = [`Error: ${error.message}`, ...frames].join('\n')
  return error
}
