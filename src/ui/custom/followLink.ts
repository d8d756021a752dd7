import type { AppStore } from '../../store/store'
import { exampleOf } from './examples'
import type { Lab } from './lab'
import { packCode, unpackCode } from './packCode'

const WRITE_DELAY_MS = 300

/** The link follows the code, and the code a link that is opened. Returns the function that ends it. */
export function followLink(lab: Lab, app: AppStore): () => void {
  let written = ''
  let waiting: ReturnType<typeof setTimeout> | undefined

  async function write(): Promise<void> {
    const { example, code } = lab.getState()
    const packed = code === exampleOf(example).code ? null : await packCode(code)
    if (lab.getState().code !== code) return
    written = JSON.stringify([example, packed])
    app.getState().setView({ custom: { example, code: packed } })
  }
  async function open({ example, code }: { example: string; code: string | null }): Promise<void> {
    const asked = JSON.stringify([example, code])
    written = asked
    const { name, code: untouched } = exampleOf(example)
    const text = code === null ? untouched : await unpackCode(code)
    // Another link was opened meanwhile.
    if (written !== asked) return
    const shown = lab.getState()
    if (text === null) {
      shown.openExample(name)
      app.setState({ notice: 'The code in this link is damaged. The example opened instead.' })
    } else if (text !== shown.code || name !== shown.example) shown.openShared(name, text)
    await write()
  }
  function follow(): void {
    const { custom } = app.getState()
    if (custom && JSON.stringify([custom.example, custom.code]) !== written) void open(custom)
  }

  const stops = [
    app.subscribe(({ custom }) => custom, follow),
    lab.subscribe((state, before) => {
      if (state.code === before.code && state.document === before.document) return
      clearTimeout(waiting)
      waiting = setTimeout(write, state.document === before.document ? WRITE_DELAY_MS : 0)
    }),
  ]
  follow()
  if (app.getState().custom === null) void write()
  return () => {
    clearTimeout(waiting)
    for (const stop of stops) stop()
  }
}
