import { type Lesson, lookInside, withDimension } from './lesson'

export const yourData: Lesson = {
  title: 'Your own data',
  steps: [
    {
      title: 'Each column that names something gets a vector.',
      body: 'On the left: how a value becomes a bucket, how many buckets are used, how many *collide*. The map shows one table; choose another above it.',
      action: null,
    },
    {
      title: 'Texts are several words.',
      body: 'A column of texts is split into *words*, each with a vector of its own; a row is the mean of its words. Follow a row with several ids. Film titles say little: is the AUC far above 0.5, which is guessing?',
      action: { label: 'Follow a row', apply: (store) => lookInside(store, 'flow') },
    },
    {
      title: 'How many dimensions?',
      body: 'A rule of thumb is the fourth root of the number of buckets; each slider has a mark there. Two dimensions are for looking: watch what validation loses against more.',
      action: { label: 'Set dimension to 2', apply: (store) => withDimension(store, 2) },
    },
    {
      title: 'Too many learn by heart.',
      body: 'With many dimensions the training curve falls on while validation turns up (*overfitting*). The mark on the curve is the best epoch; you can go back to its weights.',
      action: { label: 'Set dimension to 32', apply: (store) => withDimension(store, 32) },
    },
    {
      title: 'Take the weights away.',
      body: 'Pause, then “Export”: a JSON file with every table, its keys beside the rows, opens here again and loads elsewhere.',
      action: { label: 'Pause', apply: (store) => store.pause() },
    },
  ],
}
