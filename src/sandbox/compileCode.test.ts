import { describe, expect, it } from 'vitest'
import { compileCode } from './compileCode'

const faults: [what: string, source: string, line: number, message: RegExp][] = [
  ['a bracket that is never closed', 'const a = 1\nfoo(\n', 3, /Unexpected token/],
  ['a condition without its bracket', 'const a = 1\nif (a {\n}', 2, /expected "\)"/],
  ['a name declared twice', 'const a = 1\n\nconst a = 2', 3, /'a' has already been declared/],
  ['a text that does not end', "let b: number = 2\nvar s = 'abc\n", 2, /Unterminated string/],
  ['a value that is given one', '1 = 2', 1, /Assigning to rvalue/],
  [
    'a name declared twice, in lines as Windows ends them',
    'const a = 1\r\n\r\n\tconst a = 2',
    3,
    /'a' has already been declared/,
  ],
  [
    'a fault after an import, a text and a type of several lines',
    "import {\n  tf,\n} from 'estimator'\nconst s = `a\n\tb`\ntype A = {\n  a: number\n}\n1 = 2",
    9,
    /Assigning to rvalue/,
  ],
  ['a constant without a value', 'interface A {\n  b: number\n}\nconst q', 4, /Unexpected token|Missing initializer/],
]

describe('compileCode', () => {
  it.each(faults)('names the line of %s', (_, source, line, message) => {
    const compiled = compileCode(source)
    expect(compiled).toMatchObject({ ok: false, line })
    expect(compiled.ok ? '' : compiled.message).toMatch(message)
  })

  it('keeps every line in its place while types go', () => {
    const source = [
      "import { tf, type Tensor } from 'estimator'",
      'interface Row {',
      '  day: number',
      '}',
      'const rows: Row[] = [{ day: 1 } as Row]',
      'await tf.ready()',
      'throw new Error(String(rows.length))',
    ].join('\n')
    const compiled = compileCode(source)
    if (!compiled.ok) throw new Error(compiled.message)
    const lines = compiled.code.split('\n')
    expect(lines).toHaveLength(7)
    expect(lines[0]).toContain("require('estimator')")
    expect(lines[4]).toMatch(/^const rows\s+= \[\{ day: 1 \}/)
    expect(lines[6]).toMatch(/^throw/)
  })
})
