import { categoricalColumnWithIdentity, crossedColumn, embeddingColumn } from '../../experiment/featureColumn'
import { colorByWord, type Lesson, lookInside, withColumns } from './lesson'

const day = embeddingColumn(categoricalColumnWithIdentity('day', 7), 2)
const hour = embeddingColumn(categoricalColumnWithIdentity('hour', 24), 2)
const cross = (exact: boolean) => embeddingColumn(crossedColumn(['day', 'hour'], 24 * 7, { exact }), 2)

export const dayHour: Lesson = {
  title: 'What a cross is worth',
  steps: [
    {
      title: '168 hours, 168 points.',
      body: 'Each hour of the week has a vector of its own: a *crossed column*, day × hour. Hours with the same traffic come to lie together. Follow the colours: where do Saturday and Sunday leave the ring?',
      action: {
        label: 'Exact cross, by hour',
        apply(store) {
          withColumns(store, [cross(true)])
          colorByWord(store, 'hour')
        },
      },
    },
    {
      title: 'Forget the day.',
      body: 'Only the hour is left: 24 points. In the sheet all seven rows become alike, so a Sunday at 8 gets the traffic of a Monday at 8. Note the validation R² (1 is perfect, 0 is the mean).',
      action: { label: 'Hour alone', apply: (store) => withColumns(store, [hour]) },
    },
    {
      title: 'Two columns, added.',
      body: 'Day and hour each have a table. A linear model can add “it is Sunday” to “it is 8”, but Sunday’s late morning cannot be shaped otherwise than Monday’s. Is R² much better?',
      action: { label: 'Day + hour', apply: (store) => withColumns(store, [day, hour]) },
    },
    {
      title: 'Cross them.',
      body: 'Every pair gets a bucket. Show “error” in the sheet: the rush hours that stood out with two columns fade. The difference in R² is what the cross is worth.',
      action: {
        label: 'Exact cross',
        apply(store) {
          withColumns(store, [cross(true)])
          store.setView({ gridShows: 'error' })
        },
      },
    },
    {
      title: 'The hashed cross collides.',
      body: 'The course hashes the pairs into 24 × 7 = 168 buckets. That sounds enough, but a hash fills some buckets twice and leaves others empty: see *collisions* on the card. Compare R² with hour alone.',
      action: {
        label: 'Hash into 168',
        apply(store) {
          withColumns(store, [cross(false)])
          store.setView({ gridShows: 'error' })
        },
      },
    },
    {
      title: 'Who shares with whom?',
      body: 'A look inside the cross: each colour is a bucket that several hours share, and an even hash does no better. How many buckets until no two meet? Train the exact cross beside it and compare the loss.',
      action: {
        label: 'Look at the collisions',
        apply(store) {
          withColumns(store, [cross(false)])
          lookInside(store, 'collisions')
        },
      },
    },
    {
      title: 'Ask an hour.',
      body: 'Click a cell or a point and read what the model expects, in vehicles, bikes and passengers. Try two hours that share a bucket: they get one answer.',
      action: { label: 'Show predictions', apply: (store) => store.setView({ gridShows: 'predicted' }) },
    },
  ],
}
