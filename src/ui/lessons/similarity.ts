import type { Store } from '../../store/slice'
import { exampleKey } from '../../store/stateAfter'
import type { Lesson } from './lesson'

/** Trains on where nothing has been learnt yet: first vectors are near one another by chance. */
function learnt(store: Store): void {
  if (store.step === 0) store.play()
}

/** For any data whose points have names. */
export const similarity: Lesson = {
  title: 'Near means alike',
  steps: [
    {
      title: 'What lies near?',
      body: 'The lines lead from a point to its nearest in the whole space of the table. Under each name in the list stands what the two are known to share; the model was told none of it.',
      action: {
        label: 'Pick a point',
        apply(store) {
          learnt(store)
          store.setView({ exploring: null })
          store.select(exampleKey(store.experiment) ?? store.points?.keys[0] ?? null)
        },
      },
    },
    {
      title: 'More than chance?',
      body: '“Similarity, measured” counts it for all points: how many of the nearest are alike, beside the same with the facts *shuffled* over the points. Look at more of them: the farther, the less alike.',
      action: {
        label: 'Count 20 nearest',
        apply(store) {
          learnt(store)
          store.setView({ neighborCount: 20 })
        },
      },
    },
    {
      title: 'A direction with a meaning.',
      body: 'From the mean of one group to that of another leads a direction, and the map can lie along it. We could give every axis a name; it is not essential. Put groups of your own at its ends.',
      action: {
        label: 'Look along a direction',
        apply(store) {
          learnt(store)
          store.setView({ mapView: 'map', exploring: 'direction' })
        },
      },
    },
    {
      title: 'The same step from elsewhere.',
      body: 'What leads from b to a may lead from c to something, too: the nearest to a − b + c answers the *analogy*. On the map two sides of a parallelogram. Try some that fail.',
      action: {
        label: 'Ask an analogy',
        apply(store) {
          learnt(store)
          store.setView({ mapView: 'map', exploring: 'analogy' })
        },
      },
    },
  ],
}
