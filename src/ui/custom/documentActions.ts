import { newLinkDocument } from './codeMemory'
import { type ExampleName, exampleOf } from './examples'
import type { LabPorts, LabState } from './lab'

/** A document of code, as it is shown. */
export type Shown = Pick<LabState, 'document' | 'example' | 'code'>

/** What changes the code. `show` opens another document. */
export function documentActions(
  { memory }: Pick<LabPorts, 'memory'>,
  get: () => LabState,
  set: (change: Partial<LabState>) => void,
  show: (shown: Shown) => void,
): Pick<LabState, 'openExample' | 'openShared' | 'edit' | 'restoreExample'> {
  /** The document that holds this code already: the person's own, or one that came in the same link before. */
  function known(example: ExampleName, code: string): string | null {
    if (code === exampleOf(example).code && memory.read(example) === null) return example
    const found = memory.find(code)
    // Copies of other examples have their own names.
    return found === null || found === example || exampleOf(found).name !== found ? found : null
  }
  return {
    openExample(name) {
      if (get().document === name) return
      show({ document: name, example: name, code: memory.read(name) ?? exampleOf(name).code })
    },
    openShared(example, code) {
      const document = known(example, code)
      if (document !== null) return show({ document, example, code })
      const another = newLinkDocument()
      memory.write(another, code)
      show({ document: another, example, code })
    },
    edit(code) {
      if (code === get().code) return
      const { document, example } = get()
      set({ code })
      if (code === exampleOf(example).code && document === example) memory.forget(document)
      else memory.write(document, code)
    },
    restoreExample() {
      const { example, document } = get()
      if (document !== example) return
      memory.forget(example)
      set({ code: exampleOf(example).code })
    },
  }
}
