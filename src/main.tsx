import { createRoot } from 'react-dom/client'
import { decodeExperiment } from './experiment/experimentLink'
import { labDefaults } from './experiment/labs'
import { showFirstPicture } from './store/firstPicture'
import { guardFrames } from './store/frameGuard'
import { createLinkSync, showLinkView } from './store/linkSync'
import { createAppStore } from './store/store'
import { App } from './ui/App'
import { createTrainerClient } from './worker/client'

const opened = location.hash.length > 1 ? decodeExperiment(location.hash) : null
const experiment = opened?.experiment ?? labDefaults.movies
const inPlayground = (opened?.view.page ?? 'playground') === 'playground'
const play = inPlayground && !matchMedia('(prefers-reduced-motion: reduce)').matches

const client = createTrainerClient((event) => app.receive(event))
const app = createAppStore(client.send, { experiment, play })
const { store } = app
store.getState().restart()
store.getState().watch()
if (opened) showLinkView(store, opened.view)
if (opened?.ok === false) store.setState({ notice: opened.message })
if (experiment.dataset.source === 'builtin') void showFirstPicture(store, experiment.dataset.name)
guardFrames(store, (ms) => client.send({ type: 'rest', ms }))
const link = createLinkSync(store, window, String(performance.timeOrigin))

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const { undo, redo } = link
createRoot(root).render(<App app={{ store, ask: app.ask, undo, redo, startTrainer: createTrainerClient }} />)
