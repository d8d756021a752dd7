import type { Experiment } from '../../experiment/experiment'
import { labDefaults } from '../../experiment/labs'
import { colorByWord, type Lesson, lookInside, selectLabel, withDimension } from './lesson'

/** As the lab opens. */
const { l2 } = labDefaults.movies

function isPlane(experiment: Experiment): boolean {
  return (
    experiment.l2 === l2 && experiment.columns.every((column) => column.type === 'embedding' && column.dimension === 2)
  )
}

export const movies: Lesson = {
  title: 'Films by taste',
  steps: [
    {
      title: 'Films find their places.',
      body: 'Each film and each viewer is two numbers, random at first: an *embedding*. Nobody says what a film is about; only ratings pull the points. Watch the age ratings separate.',
      action: {
        label: `Random, dimension 2, L2 ${l2}`,
        apply(store) {
          colorByWord(store, 'mpaa')
          if (isPlane(store.experiment)) {
            store.restart()
            store.play()
          } else withDimension(store, 2, { l2 })
        },
      },
    },
    {
      title: 'One dimension is a line.',
      body: 'With one number a film can only be more or less of one thing. See which taste wins the line, and note the validation RMSE (the typical error, in stars).',
      action: { label: `Dimension 1, L2 ${l2}`, apply: (store) => withDimension(store, 1, { l2 }) },
    },
    {
      title: 'Two free the second taste.',
      body: 'Now films can be near in age rating and far apart between arthouse and blockbuster. Under “Runs of this visit”, compare the validation RMSE with that of the line.',
      action: { label: `Dimension 2, L2 ${l2}`, apply: (store) => withDimension(store, 2, { l2 }) },
    },
    {
      title: 'Too many learn by heart.',
      body: 'Sixteen numbers a film and no penalty on large ones (*L2 regularization*). The training curve keeps falling; the validation curve turns and climbs: that gap is *overfitting*.',
      action: { label: 'Dimension 16, L2 0', apply: (store) => withDimension(store, 16, { l2: 0 }) },
    },
    {
      title: 'Near means alike.',
      body: 'The lines lead to the nearest films in the embedding. “Similarity, measured” says how much of the two planted tastes can be read off the vectors, beside what chance gives.',
      action: {
        label: 'Dimension 2, pick a film',
        apply(store) {
          withDimension(store, 2, { l2 })
          selectLabel(store, 'Toy Story')
        },
      },
    },
    {
      title: 'Follow one rating.',
      body: 'A look inside a column: the title becomes an id, the id a row of the table, and that row is the film’s vector. Film times viewer, plus what both usually get, is the guess.',
      action: { label: 'Follow a row', apply: (store) => lookInside(store, 'flow') },
    },
    {
      title: 'Be a viewer.',
      body: 'In the right column rate three films you know. The model finds the taste vector that explains your stars (*fold-in*) and lists what it would show you next.',
      action: null,
    },
  ],
}
