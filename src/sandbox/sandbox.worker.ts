import { startSession } from './session'

// The page's port comes with the first message; the document that made this worker says nothing more.
self.addEventListener(
  'message',
  ({ ports: [port] }) => {
    if (!port) return
    const session = startSession((event, transfer = []) => port.postMessage(event, transfer))
    port.onmessage = ({ data }) => session.handle(data)
    self.addEventListener('error', (event) => {
      event.preventDefault()
      session.fail(event.error ?? event.message)
    })
    self.addEventListener('unhandledrejection', (event) => {
      event.preventDefault()
      session.fail(event.reason)
    })
  },
  { once: true },
)
