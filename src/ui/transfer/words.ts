import type { SourceTarget, StartKind, Student, TransferSettings } from '../../experiment/transferSettings'
import type { GivenSource } from '../../transfer/runTransfer'
import { formatMetric } from '../measures/metricTitles'

export const targetWords: Record<SourceTarget, string> = {
  cars: 'cars',
  bike_members: 'bikes of members',
  bike_visitors: 'bikes of day visitors',
}

export const studentWords: Record<Student, { title: string; nature: string }> = {
  taxi: {
    title: 'New York taxis',
    nature: 'Passengers an hour: drawn around the measured mean and spread of each hour of the week.',
  },
  television: {
    title: 'Television',
    nature:
      'People of 1,000 who watch: simulated around published points of the American Time Use Survey (bls.gov/tus). Weekends and chance are made up; no traffic has gone into it.',
  },
}

export const kindWords: Record<StartKind, { name: string; help: string }> = {
  scratch: { name: 'from scratch', help: 'First values at random, as in any new model' },
  frozen: { name: 'frozen', help: 'The source’s vectors, which stay: trainable = False' },
  fineTuned: { name: 'fine-tuned', help: 'The source’s vectors as first values, which move' },
}

/** `cars, bikes of members`, or what a person calls the weights. */
export function sourceWords(
  { targets }: Pick<TransferSettings, 'targets'>,
  given: Pick<GivenSource, 'title'> | null,
): string {
  return given ? given.title : targets.map((target) => targetWords[target]).join(', ')
}

/** Three decimals are more than seeds agree on. */
export function formatR2(value: number | undefined): string {
  return formatMetric(value, 2)
}

/** How much better `better` is, of the numbers as they are shown: who takes one from the other finds the same. */
export function shownGain(better: number, worse: number): string {
  return formatR2(Number(better.toFixed(2)) - Number(worse.toFixed(2)))
}
