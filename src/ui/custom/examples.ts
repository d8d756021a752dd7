import keras from './examples/kerasWatchHistories.ts?raw'
import lstm from './examples/lstmTraffic.ts?raw'
import titles from './examples/titleWords.ts?raw'
import wideDeep from './examples/wideAndDeep.ts?raw'

export const exampleNames = ['lstm', 'wideDeep', 'keras', 'titles'] as const
export type ExampleName = (typeof exampleNames)[number]

export interface Example {
  name: ExampleName
  title: string
  /** One sentence: what is learnt from what. */
  about: string
  code: string
}

/** The first one is shown to those who come for the first time. */
export const examples: readonly Example[] = [
  {
    name: 'lstm',
    title: 'LSTM on hourly traffic',
    about:
      'A recurrent network in low-level operations reads 24 hours of traffic and forecasts the next: its error ends at least 40 % below “same as last hour” and 10 % below “same hour last week”.',
    code: lstm,
  },
  {
    name: 'wideDeep',
    title: 'Wide & deep on day × hour',
    about: 'A canned Estimator: a linear model of a cross beside a network of embeddings.',
    code: wideDeep,
  },
  {
    name: 'keras',
    title: 'Keras on watch histories',
    about:
      'A sequential Keras model, turned into an Estimator, guesses from what viewers watched whether they like a film.',
    code: keras,
  },
  {
    name: 'titles',
    title: 'Bag of words in film titles',
    about: 'The mean of the embeddings of a title’s words tells whether the film is rated R.',
    code: titles,
  },
]

export function exampleOf(name: string | null): Example {
  return examples.find((example) => example.name === name) ?? examples[0]!
}
