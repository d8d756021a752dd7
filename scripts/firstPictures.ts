import { mkdir, writeFile } from 'node:fs/promises'
import type { BuiltinName } from '../src/experiment/experiment'
import { labDefaults } from '../src/experiment/labs'
import type { FirstPicture } from '../src/store/firstPicture'
import { createTrainerDriver } from '../src/trainer/trainerDriver'

/**
 * What each lab shows until the worker's first snapshot: the very initial weights that the worker will draw from the seed, so that nothing
 * jumps when it takes over. Written to public/first/ by `npm run build:first`; a test holds the files to the code.
 */
export async function makeFirstPictures(): Promise<Map<BuiltinName, string>> {
  const driver = createTrainerDriver()
  const pictures = new Map<BuiltinName, string>()
  for (const [i, lab] of (['movies', 'dayHour', 'airports'] as const).entries()) {
    const [started, points, snapshot] = [driver.next('started'), driver.next('points'), driver.next('snapshot')]
    driver.send({ type: 'start', runId: i + 1, experiment: { ...labDefaults[lab], backend: 'cpu' }, play: false })
    const { run } = await started
    const { table, keys, labels, counts, attributes, colorBy } = (await points).points
    const { rows, dimension, vectors } = await snapshot
    const listed = attributes.map((attribute) =>
      attribute.kind === 'category'
        ? { ...attribute, codes: Array.from(attribute.codes) }
        : {
            ...attribute,
            values: Array.from(attribute.values, (value) => (Number.isNaN(value) ? null : short(value))),
          },
    )
    const picture: FirstPicture = {
      summary: run.summary,
      points: { table, keys, labels, counts: Array.from(counts), attributes: listed, colorBy },
      snapshot: { table, rows, dimension, vectors: Array.from(vectors, short) },
    }
    pictures.set(lab, JSON.stringify(picture))
  }
  await driver.destroy()
  return pictures
}

/** Four digits are finer than a pixel. */
function short(value: number): number {
  return Number(value.toPrecision(4))
}

export async function main(): Promise<void> {
  await mkdir('public/first', { recursive: true })
  for (const [lab, json] of await makeFirstPictures()) await writeFile(`public/first/${lab}.json`, json)
}
