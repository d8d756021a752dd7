import { consoleText } from './consoleText'
import type { Post } from './post'

const levels = ['log', 'info', 'warn', 'error'] as const
/** Lines that are passed on in a second; the rest are counted. A page that shows millions is no help to anyone. */
const LINES_PER_SECOND = 100

/** Sends what the code says on its console to the page. Answers with what is to be called at the end: it tells of lines that were left out. */
export function captureConsole(post: Post, now: () => number): () => void {
  let windowMs = now()
  let lines = 0
  let leftOut = 0
  const tellLeftOut = () => {
    if (leftOut > 0) post({ type: 'console', level: 'warn', text: `… ${leftOut} more lines were left out` })
    leftOut = 0
  }
  const say = (level: (typeof levels)[number], values: readonly unknown[]) => {
    if (now() - windowMs > 1000) {
      tellLeftOut()
      windowMs = now()
      lines = 0
    }
    if (++lines > LINES_PER_SECOND) leftOut++
    else post({ type: 'console', level, text: consoleText(values) })
  }
  for (const level of levels) console[level] = (...values: unknown[]) => say(level, values)
  for (const like of ['debug', 'table', 'dir', 'trace', 'group', 'groupCollapsed'] as const) console[like] = console.log
  return tellLeftOut
}
