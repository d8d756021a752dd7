import { parse } from 'acorn'
import { transform } from 'sucrase'

/** Where the code cannot be read; line and column from 1. */
export interface CodeFault {
  message: string
  line: number
  column: number
}

export type Compiled = { ok: true; code: string } | ({ ok: false } & CodeFault)

/**
 * Takes the types away and turns imports into `require`, line by line: what stands on a line stays on it. Types themselves are not checked.
 * Sucrase reads more than JavaScript allows, so acorn reads its answer once more.
 */
export function compileCode(source: string): Compiled {
  let code: string
  try {
    code = transform(source, {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
      // An import that nothing uses is still one that may not be there.
      keepUnusedImports: true,
      filePath: 'model.ts',
    }).code
  } catch (error) {
    return { ok: false, ...faultOf(error) }
  }
  try {
    parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowAwaitOutsideFunction: true })
  } catch (error) {
    return { ok: false, ...faultOf(error) }
  }
  return { ok: true, code }
}

/** Both libraries throw a SyntaxError with its place at hand and in the text. */
function faultOf(error: unknown): CodeFault {
  const loc = typeof error === 'object' && error !== null && 'loc' in error ? error.loc : null
  const message = error instanceof Error ? error.message : String(error)
  const at = (name: 'line' | 'column') => {
    const value = typeof loc === 'object' && loc !== null ? (loc as Record<string, unknown>)[name] : null
    return typeof value === 'number' ? value : 1
  }
  const isAcorn = typeof error === 'object' && error !== null && 'raisedAt' in error
  return {
    message: message.replace(/^Error transforming model\.ts: /, '').replace(/ \(\d+:\d+\)$/, ''),
    line: at('line'),
    // acorn counts columns from 0.
    column: at('column') + (isAcorn ? 1 : 0),
  }
}
