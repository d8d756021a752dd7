/** An error of an export that points at the line of the model function where `place` was made. */
export function exportError(message: string, place: Error): Error {
  const error = new Error(`exportSavedModel: ${message}`)
  const frames = (place.stack ?? '').split('\n').filter((line) => /^\s*at |@/.test(line))
  error.stack = [`Error: ${error.message}`, ...frames].join('\n')
  return error
}
