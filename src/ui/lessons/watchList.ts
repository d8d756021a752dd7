import { suggestWatchList } from '../../experiment/suggestWatchList'
import type { Store } from '../../store/slice'
import { colorByWord, type Lesson, selectLabel } from './lesson'

/** The watch list of the data at hand in this dimension, training. */
function trainList(store: Store, dimension: number): void {
  const { summary } = store
  store.setView({ projection: null, metric: 'recall10' })
  store.edit((experiment) => {
    const list = experiment.model.type === 'watchList' ? experiment : summary && suggestWatchList(experiment, summary)
    if (!list) return experiment
    const columns = list.columns.map((column) => (column.type === 'embedding' ? { ...column, dimension } : column))
    return { ...list, columns }
  })
  store.play()
}

/** Puts films on the list by their titles, with a year or without; those that the data lack are left out. */
function list(store: Store, titles: string[]): void {
  const { points } = store
  const watched = titles.flatMap((title) => {
    const row = points?.labels.findIndex((label) => label === title || label.startsWith(`${title} (`)) ?? -1
    return points?.keys[row] ?? []
  })
  store.setView({ watched })
}

export const watchList: Lesson = {
  title: 'What to watch next',
  steps: [
    {
      title: 'A viewer is a list.',
      body: 'This model has no vector for a viewer. It reads the films on a list: hundreds of zeros and a few ones, a *sparse vector*. Only the films that are there are looked up, and their vectors averaged: a *bag of embeddings*. From that one vector it guesses the next film. Watch the films part.',
      action: {
        label: 'Dimension 2, from random',
        apply(store) {
          colorByWord(store, 'mpaa')
          trainList(store, 2)
        },
      },
    },
    {
      title: 'Build a list.',
      body: 'Three films for children. Under “What to watch next”, in the right column, compare what the model puts next with what is popular: a click on any film adds it too.',
      action: {
        label: 'List three films for children',
        apply: (store) => list(store, ['Toy Story', 'Shrek', 'Finding Nemo']),
      },
    },
    {
      title: 'Another list, another answer.',
      body: 'Now three for adults. What the model puts next has changed at once; the most popular films are what they were, for everybody. Take one off the list and look again.',
      action: {
        label: 'List three films for adults',
        apply: (store) => list(store, ['Pulp Fiction', 'Memento', 'Fight Club']),
      },
    },
    {
      title: 'Is it better than popularity?',
      body: 'Some viewers were held out whole: training never saw them. *Recall@10* says how often the film that came next is among the ten shown; the flat line shows the most popular ten instead. Where is the validation curve, above it or below?',
      action: {
        label: 'Show Recall@10, dimension 2',
        apply: (store) => trainList(store, 2),
      },
    },
    {
      title: 'Sixteen numbers learn by heart.',
      body: 'With more numbers a film the training curve climbs on. The loss on the viewers held out turns and rises: *overfitting*, as with any embedding.',
      action: { label: 'Dimension 16', apply: (store) => trainList(store, 16) },
    },
    {
      title: 'Near means: said of the same lists.',
      body: 'Nobody told the model what a film is about, nor any rating. Films are near when the same films come next after them. The lines lead to the nearest.',
      action: {
        label: 'Dimension 2, pick a film',
        apply(store) {
          trainList(store, 2)
          selectLabel(store, 'Toy Story')
        },
      },
    },
  ],
}
