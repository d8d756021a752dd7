import { defaultTransfer, type StartKind, type TransferSettings } from '../../experiment/transferSettings'
import { startTransfer } from '../transfer/lab'
import { ask } from '../transfer/useLab'
import type { AppHandles } from '../useApp'
import type { Lesson } from './lesson'

interface Shown {
  kind: StartKind
  size: number
}

/** Trains a source here and its students, and looks at one of them. As many seeds as were asked for. */
function teach(app: AppHandles, settings: Partial<TransferSettings>, shown: Shown): void {
  ask(app.store, { ...settings, ...shown, source: null, sizes: defaultTransfer.sizes })
  startTransfer(app)
}

const three: TransferSettings['targets'] = ['cars', 'bike_members', 'bike_visitors']

export const transferLesson: Lesson = {
  title: 'Transfer',
  steps: [
    {
      title: 'Few labels.',
      body: 'A new city, twenty hours of taxi counts. A model that starts *from scratch* knows twenty of 168 hours and guesses the others. Read R² at 20 labels: 1 is perfect, 0 is the mean of all hours.',
      action: {
        label: 'Train taxis',
        apply: (_, app) => teach(app, { targets: three, dimension: 3, student: 'taxi' }, { kind: 'scratch', size: 20 }),
      },
    },
    {
      title: 'Borrow the vectors.',
      body: 'The source learnt a vector for every hour from traffic that has nothing to do with taxis. *Frozen* (trainable = False) keeps them and learns three weights and a bias: enough labels for that. How far above from scratch is it at 20?',
      action: {
        label: 'Show frozen at 20',
        apply: (_, app) => ask(app.store, { kind: 'frozen', size: 20 }),
      },
    },
    {
      title: 'Let them move.',
      body: '*Fine-tuned* starts at the same vectors and goes on. Compare the map before and after: which hours moved? With more labels it leaves the frozen vectors behind.',
      action: {
        label: 'Show fine-tuned at 2,000',
        apply: (_, app) => ask(app.store, { kind: 'fineTuned', size: 2000 }),
      },
    },
    {
      title: 'Enough labels.',
      body: 'Where the grey line crosses the dashed one, labels say more than borrowed vectors can: a frozen vector knows nothing that traffic did not tell. At 2,000 labels, is anything left to gain by transfer?',
      action: {
        label: 'Show from scratch at 2,000',
        apply: (_, app) => ask(app.store, { kind: 'scratch', size: 2000 }),
      },
    },
    {
      title: 'One target is one direction.',
      body: 'A source that predicts cars alone teaches its vectors one direction; along the others they stay where chance put them. What is left of the frozen student?',
      action: {
        label: 'Train with cars alone',
        apply: (_, app) => teach(app, { targets: ['cars'] }, { kind: 'frozen', size: 2000 }),
      },
    },
    {
      title: 'From traffic to television.',
      body: 'The course’s own example: who drives at 17 h and who watches at 20 h live by one clock. The viewers are simulated around published points of a survey, not made from traffic. Does traffic help them, too?',
      action: {
        label: 'Train television',
        apply: (_, app) => teach(app, { targets: three, student: 'television' }, { kind: 'fineTuned', size: 20 }),
      },
    },
  ],
}
