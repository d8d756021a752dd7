/** Writes docs/weights-format.schema.json from the zod schema: `npm run build:schema`. */
import { writeFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { weightsSchema } from '../src/exports/weightsSchema'

const schema = z.toJSONSchema(weightsSchema, { io: 'output', reused: 'ref' })
writeFileSync(
  'docs/weights-format.schema.json',
  `${JSON.stringify({ ...schema, title: 'Embedding Playground weights, version 1' }, null, 2)}\n`,
)
