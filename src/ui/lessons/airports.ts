import { colorByWord, type Lesson, lookInside, selectLabel, withDimension } from './lesson'

export const airports: Lesson = {
  title: 'Geography nobody told',
  steps: [
    {
      title: 'Only who flies where.',
      body: 'The model guesses the destination of a flight from its origin. It is never told where an airport lies. Colour by longitude: does east part from west?',
      action: {
        label: 'Colour by longitude',
        apply(store) {
          colorByWord(store, 'longitude')
          store.play()
        },
      },
    },
    {
      title: 'See the plane itself.',
      body: 'With two numbers an airport nothing is hidden by a projection. Airports that serve the same places are pressed together; look for the regions.',
      action: { label: 'Set dimension to 2', apply: (store) => withDimension(store, 2) },
    },
    {
      title: 'More room, then a view of it.',
      body: 'Eight numbers an airport. The map shows the two directions in which the points spread most (*principal components*). Is longitude easier to read off now? See “Similarity, measured”.',
      action: { label: 'Set dimension to 8', apply: (store) => withDimension(store, 8) },
    },
    {
      title: 'Why nobody multiplies the zeros.',
      body: 'An origin is a row of zeros with a single one (*one-hot*). The table of vectors can be multiplied with it, or one row looked up. Measure both, and move the vocabulary towards ten million.',
      action: { label: 'Sparse or dense', apply: (store) => lookInside(store, 'sparse') },
    },
    {
      title: 'd inputs or N.',
      body: 'The same network once with a number for every airport (*indicator*), once with eight numbers of an embedding. Train both: compare parameters, time and loss. Which is easier here?',
      action: { label: 'Train both', apply: (store) => lookInside(store, 'inputs') },
    },
    {
      title: 'Where do flights go?',
      body: 'Pick an airport on the map: the right column lists the destinations that the model finds likeliest, and the neighbours are airports with a similar list.',
      action: { label: 'Pick an airport', apply: (store) => selectLabel(store, 'ATL') },
    },
  ],
}
