/** Runs tasks one after another, in the order they were handed in; a task that throws rejects its own promise only. */
export type Serialize = <T>(task: () => Promise<T> | T) => Promise<T>

export function createSerialize(): Serialize {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const result = last.then(task)
    last = result.catch(() => undefined)
    return result
  }
}
