import { setHost } from '../estimator/host'
import { captureConsole } from './captureConsole'
import { createPace } from './pace'
import { openPageData } from './pageData'
import { createPageObserver, type PageObserver } from './pageObserver'
import { createPageRequests, type PageRequests } from './pageRequests'
import { pageStorage } from './pageStorage'
import { setDrawSeries } from './playgroundApi'
import type { Post } from './post'
import { createSeriesSender } from './seriesSender'
import { type BackendTeller, createBackendTeller } from './tellBackend'
import { createUnderWay, type UnderWay } from './underWay'

const ALIVE_INTERVAL_MS = 400
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** All that a run says to the page and asks of it. */
export interface RunReports {
  post: Post
  requests: PageRequests
  backend: BackendTeller
  observer: PageObserver
  underWay: UnderWay
  /** Sends plots and lines of the console that wait. */
  sendRest(): void
}

/** Takes the place of the host of `estimator`, of what `playground` draws on, and of the console. `signal`: training is to end. */
export function createRunReports(send: Post, signal: AbortSignal): RunReports {
  const now = () => performance.now()
  const pace = createPace(now, sleep)
  const post: Post = (event, transfer) => {
    pace.count()
    send(event, transfer)
  }
  const underWay = createUnderWay(() => sleep(0))
  const { ask, settle } = createPageRequests(send, pace)
  const requests: PageRequests = { ask: (request) => underWay.track(ask(request)), settle }
  const backend = createBackendTeller(post)
  const observer = createPageObserver(post, now, backend.look)
  setHost({
    storage: pageStorage(requests),
    observer,
    now,
    signal,
    pause: () => underWay.track(sleep(0)),
    openData: (name) => underWay.track(openPageData(name, requests)),
  })
  const drawn = createSeriesSender(post, now)
  setDrawSeries(drawn.draw)
  const tellLeftOut = captureConsole(post, now)
  setInterval(() => {
    drawn.flush()
    post({ type: 'alive' })
  }, ALIVE_INTERVAL_MS)
  return {
    post,
    requests,
    backend,
    observer,
    underWay,
    sendRest() {
      drawn.flush()
      tellLeftOut()
    },
  }
}
