import runtimeUrl from 'virtual:sandbox-runtime'
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import { createMessageBudget, roughBytes } from './messageBudget'
import { parseSandboxEvent, type SandboxCommand, type SandboxEvent } from './protocol'

/** Beside the sandbox's own events: it did not start, broke, or did what it must not. Nothing comes after that. */
export type SandboxReport = SandboxEvent | { type: 'broken'; message: string }

/** The page's end of a sandbox. One runs one piece of code, once. */
export interface Sandbox {
  send(command: SandboxCommand, transfer?: Transferable[]): void
  /** Ends it at once, whatever it is doing. */
  destroy(): void
}

interface Runtime {
  script: Blob
  wasm: Uint8Array<ArrayBuffer>
}

let runtime: Promise<Runtime> | null = null

/** What the code runs on, as bytes: a document of an opaque origin may not load it itself. */
function loadRuntime(): Promise<Runtime> {
  runtime ??= Promise.all([bytesOf(runtimeUrl), bytesOf(wasmUrl)]).then(([script, wasm]) => ({
    script: new Blob([script], { type: 'text/javascript' }),
    wasm,
  }))
  // What did not arrive is asked for again the next time.
  runtime.catch(() => {
    runtime = null
  })
  return runtime
}

async function bytesOf(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  return new Uint8Array(await response.arrayBuffer())
}

/**
 * A worker in a hidden iframe of an opaque origin (`public/sandbox.html`), which has no network, no storage and no way to the page but the port
 * that is read here. `onReport` gets what it says, in order, checked.
 */
export function createSandbox(onReport: (report: SandboxReport) => void): Sandbox {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.title = 'Where the custom model runs'
  frame.hidden = true
  frame.src = new URL('sandbox.html', document.baseURI).href
  const { port1: port, port2: itsPort } = new MessageChannel()
  const said = createMessageBudget(performance.now())
  const answered = createMessageBudget(performance.now())

  let isDestroyed = false

  function destroy(): void {
    isDestroyed = true
    port.close()
    window.removeEventListener('message', onFrameMessage)
    frame.remove()
  }
  function breakDown(message: string): void {
    // The runtime may fail to arrive after the run was stopped, when there may be another one.
    if (isDestroyed) return
    destroy()
    onReport({ type: 'broken', message })
  }
  function onFrameMessage({ source, data }: MessageEvent<unknown>): void {
    // Extensions of the browser talk in every frame, too.
    if (source !== frame.contentWindow || typeof data !== 'object' || data === null) return
    if ('broken' in data && typeof data.broken === 'string')
      breakDown(`The sandbox broke: ${data.broken.slice(0, 500)}`)
  }
  function send(command: SandboxCommand, transfer: Transferable[] = []): void {
    if (isDestroyed) return
    if (answered.allows(roughBytes(command), performance.now())) port.postMessage(command, transfer)
    else breakDown('The code asked the page for more than it may, and was stopped.')
  }
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isDestroyed) return
    if (!said.allows(roughBytes(data), performance.now())) {
      return breakDown('The code sent the page more messages than it may, and was stopped.')
    }
    const event = parseSandboxEvent(data)
    if (!event) return breakDown('The code sent the page a message that it may not send, and was stopped.')
    onReport(event)
  }
  port.onmessageerror = () => breakDown('The code sent a message that cannot be read, and was stopped.')
  window.addEventListener('message', onFrameMessage)
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  document.body.append(frame)
  Promise.all([loadRuntime(), loaded]).then(
    ([{ script, wasm }]) => {
      if (isDestroyed) return
      // No origin to name: that of the frame is opaque.
      frame.contentWindow?.postMessage({ script }, '*', [itsPort])
      send({ type: 'prepare', wasm })
    },
    (error: unknown) => breakDown(`The code that runs models did not arrive: ${String(error)}. Reload the page.`),
  )
  return { send, destroy }
}
