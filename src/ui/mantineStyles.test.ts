import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const folder = 'node_modules/@mantine/core/styles'
const imported = new Set(
  [...readFileSync('src/ui/mantineStyles.ts', 'utf8').matchAll(/styles\/([\w-]+)\.css/g)].map((match) => match[1]!),
)
const sources = readdirSync('src/ui', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx'))
  .map((file) => readFileSync(`src/ui/${file}`, 'utf8'))
const used = new Set(
  sources
    .flatMap((source) => [...source.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)])
    .flatMap((match) => match[1]!.split(',').map((name) => name.trim()))
    .filter((name) => existsSync(`${folder}/${name}.css`)),
)

/** Components that are drawn by others. */
const builtOn: Record<string, string[]> = {
  ActionIcon: ['UnstyledButton', 'Loader'],
  Anchor: ['Text'],
  Button: ['UnstyledButton', 'Loader'],
  Checkbox: ['InlineInput', 'Input'],
  CloseButton: ['UnstyledButton'],
  // Its chevron is the combobox's.
  NativeSelect: ['Input', 'Combobox'],
  Radio: ['InlineInput', 'Input'],
  Rating: ['Input'],
  SegmentedControl: ['FloatingIndicator'],
  TextInput: ['Input'],
  Textarea: ['Input'],
}

it('brings the styles of every Mantine component that the page uses', () => {
  const needed = [...used].flatMap((name) => [name, ...(builtOn[name] ?? [])])
  expect(used.size).toBeGreaterThan(10)
  expect(needed.filter((name) => !imported.has(name))).toEqual([])
})
