import type { AppStore } from '../../store/store'
import { type ExampleName, exampleOf } from './examples'
import type { Lab } from './lab'
import { packCode, unpackCode } from './packCode'
import type { TabMemory } from './tabMemory'

const WRITE_DELAY_MS = 300

/** The link and the tab's memory follow the code, and the code a link that is opened. Returns the function that ends it. */
export function followLink(lab: Lab, app: AppStore, tab: TabMemory): () => void {
  let written = ''
  let waiting: ReturnType<typeof setTimeout> | undefined

  async function write(): Promise<void> {
    waiting = undefined
    const { example, code } = lab.getState()
    tab.write({ example, code })
    const packed = code === exampleOf(example).code ? null : await packCode(code)
    if (lab.getState().code !== code) return
    written = JSON.stringify([example, packed])
    app.getState().setView({ custom: { example, code: packed } })
  }
  function show(example: ExampleName, code: string): void {
    const shown = lab.getState()
    if (code !== shown.code || example !== shown.example) shown.openShared(example, code)
  }
  async function open({ example, code }: { example: string; code: string | null }): Promise<void> {
    const asked = JSON.stringify([example, code])
    written = asked
    const { name, code: untouched } = exampleOf(example)
    const text = code === null ? untouched : await unpackCode(code)
    // Another link was opened meanwhile.
    if (written !== asked) return
    if (text === null) {
      lab.getState().openExample(name)
      app.setState({ notice: 'The code in this link is damaged. The example opened instead.' })
    } else show(name, text)
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
      tab.write(state)
      clearTimeout(waiting)
      waiting = setTimeout(write, state.document === before.document ? WRITE_DELAY_MS : 0)
    }),
  ]
  const reloaded = tab.takeReloaded()
  if (reloaded) show(reloaded.example, reloaded.code)
  else follow()
  if (reloaded || app.getState().custom === null) void write()
  return () => {
    for (const stop of stops) stop()
    if (waiting === undefined) return
    clearTimeout(waiting)
    void write()
  }
}
