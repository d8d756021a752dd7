import * as z from 'zod/mini'

/** A list as a link writes it, between commas: `10,20,50`. */
function words(value: unknown): string[] {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' ? text.split(',').map((word) => word.trim()) : []
}

/** Numbers, ascending, each once. */
export function numberList<T extends z.core.$ZodType<number, number>>(number: T, least: number, most: number) {
  return z.readonly(
    z.pipe(
      z.transform((value) => [...new Set(words(value).map(Number))].sort((a, b) => a - b)),
      z.array(number).check(z.minLength(least), z.maxLength(most)),
    ),
  )
}

/** Some of these names, at least one, each once, in their order. */
export function nameList<const T extends string>(names: readonly T[]) {
  const inOrder = (chosen: string[]) => [...new Set(chosen)].sort((a, b) => placeOf(names, a) - placeOf(names, b))
  return z.readonly(
    z.pipe(
      z.transform((value) => inOrder(words(value))),
      z.array(z.enum(names)).check(z.minLength(1)),
    ),
  )
}

function placeOf(names: readonly string[], name: string): number {
  return names.indexOf(name)
}
