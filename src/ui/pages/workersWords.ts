/** How many train at the same time, in the words of the labs. */
export function workersWords(workers: number): string {
  return `${workers === 1 ? 'One run' : `${workers} runs`} at a time; the page stays usable.`
}
