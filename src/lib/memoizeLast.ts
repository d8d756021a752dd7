/** Remembers the last answer only; arguments are compared by identity. For values derived from the store. */
export function memoizeLast<Args extends readonly unknown[], Result>(derive: (...args: Args) => Result) {
  let lastArgs: Args | null = null
  let lastResult: Result
  return (...args: Args): Result => {
    const known = lastArgs
    if (known === null || args.some((arg, i) => !Object.is(arg, known[i]))) {
      lastResult = derive(...args)
      lastArgs = args
    }
    return lastResult
  }
}
