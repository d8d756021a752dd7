import { describe, expect, it } from 'vitest'
import { experimentSchema } from '../../experiment/experiment'
import { labDefaults } from '../../experiment/labs'
import { suggestWatchList } from '../../experiment/suggestWatchList'
import type { PointsInfo, TrainerCommand } from '../../protocol/trainer'
import { createAppStore } from '../../store/store'
import { watchList } from './watchList'

const titles = ['Toy Story 2', 'Toy Story', 'Shrek', 'Finding Nemo', 'Pulp Fiction', 'Memento', 'Fight Club']
const points: PointsInfo = {
  table: 'film_embedding',
  keys: titles.map((_, row) => `key ${row}`),
  labels: titles,
  counts: new Uint32Array(titles.length).fill(1),
  attributes: [],
  colorBy: null,
}

function open() {
  const experiment = suggestWatchList(labDefaults.movies, { columns: [], nature: 'simulated' })
  if (!experiment) throw new Error('The lab has no users and items any more.')
  const sent: TrainerCommand[] = []
  const { store } = createAppStore((command) => void sent.push(command), { experiment, play: true })
  store.setState({ points })
  const take = (step: number) =>
    watchList.steps[step]?.action?.apply(store.getState(), {
      store,
      ask: () => new Promise(() => undefined),
      undo() {},
      redo() {},
      startTrainer: () => ({ send: () => undefined, destroy: () => undefined }),
    })
  const started = () => sent.flatMap((command) => (command.type === 'start' ? [command.experiment] : []))
  const dimension = () => {
    const [column] = store.getState().experiment.columns
    return column?.type === 'embedding' ? column.dimension : null
  }
  return { store, take, started, dimension }
}

describe('the lesson of the watch list', () => {
  it('has something to read and to do in each step', () => {
    for (const { body, action } of watchList.steps) {
      expect(body.split('*').length % 2).toBe(1)
      expect(action).not.toBeNull()
    }
  })

  it('lists films for children, then others', () => {
    const { store, take } = open()
    take(1)
    expect(store.getState().watched).toEqual(['key 1', 'key 2', 'key 3'])
    take(2)
    expect(store.getState().watched).toEqual(['key 4', 'key 5', 'key 6'])
  })

  it('goes from 2 dimensions to 16 and back, as watch lists that a worker accepts, with Recall@10 in sight', () => {
    const { store, take, started, dimension } = open()
    const seen = watchList.steps.map((_, step) => {
      take(step)
      return dimension()
    })
    expect(seen).toEqual([2, 2, 2, 2, 16, 2])
    expect(started().length).toBeGreaterThan(0)
    for (const experiment of started()) {
      expect(experimentSchema.safeParse(experiment).success).toBe(true)
      expect(experiment.model.type).toBe('watchList')
    }
    expect(store.getState().metric).toBe('recall10')
    expect(store.getState().selectedKey).toBe('key 0')
  })
})
