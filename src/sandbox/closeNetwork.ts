const closed = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'WebTransport',
  'importScripts',
] as const

/**
 * Says in words what the document's policy enforces: that there is no network here. Only the words are made here: a person's code may
 * undo this, and then meets the policy itself.
 */
export function closeNetwork(scope: object): void {
  for (const name of closed) {
    if (!(name in scope)) continue
    const refuse = () => {
      throw new Error(`${name} is not there: a model runs without a network. Data come by openData(name).`)
    }
    Object.defineProperty(scope, name, { value: refuse, configurable: true, writable: true })
  }
}
