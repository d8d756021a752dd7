import { createServer, type Server } from 'node:net'
import { expect, type Page, test } from '@playwright/test'
import { serve } from '../scripts/serve'
import { CustomLab } from './customLab'

/** Listens on a port of its own and counts whoever connects. */
async function startListener(): Promise<{ server: Server; host: string; connections: () => number }> {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.end('HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { server, host: `127.0.0.1:${port}`, connections: () => connections }
}

/** Every way out that a worker has, in a nested worker too, whose globals nobody has touched. */
const waysOut = (host: string) => `
const tries = {
  fetch: (s) => s.fetch('http://${host}/fetch'),
  fetchNoCors: (s) => s.fetch('http://${host}/opaque', { mode: 'no-cors' }),
  keepalive: (s) => s.fetch('http://${host}/keep', { method: 'POST', keepalive: true, body: 'x' }),
  xhr: (s) => new Promise((resolve, reject) => {
    const x = new s.XMLHttpRequest()
    x.onload = () => resolve('loaded')
    x.onerror = () => reject(new Error('refused'))
    x.open('GET', 'http://${host}/xhr')
    x.send()
  }),
  socket: (s) => new Promise((resolve, reject) => {
    const w = new s.WebSocket('ws://${host}/socket')
    w.onopen = () => resolve('open')
    w.onerror = () => reject(new Error('refused'))
  }),
  events: (s) => new Promise((resolve, reject) => {
    const e = new s.EventSource('http://${host}/events')
    e.onopen = () => resolve('open')
    e.onerror = () => reject(new Error('refused'))
  }),
  transport: (s) => new s.WebTransport('https://${host}/').ready,
  importScript: (s) => s.importScripts('http://${host}/script.js'),
  dynamicImport: () => new Function('return import("http://${host}/module.js")')(),
  dataImport: () => new Function('return import("data:text/javascript,export default 1")')(),
  worker: () => new Promise((resolve, reject) => {
    const w = new Worker('http://${host}/worker.js')
    w.onerror = () => reject(new Error('refused'))
  }),
  font: (s) => new s.FontFace('x', 'url(http://${host}/font.woff2)').load(),
  beacon: (s) => {
    if (!s.navigator.sendBeacon('http://${host}/beacon')) throw new Error('refused')
  },
  rtc: (s) => new s.RTCPeerConnection({ iceServers: [{ urls: 'stun:${host}' }] }).createDataChannel('x'),
  image: (s) => { new s.Image().src = 'http://${host}/image.png' },
  navigate: (s) => { s.open('http://${host}/window') },
  page: (s) => s.document.cookie,
  storage: (s) => s.localStorage.length,
  database: (s) => new Promise((resolve, reject) => {
    const request = s.indexedDB.open('custom-models')
    request.onsuccess = () => resolve('open')
    request.onerror = () => reject(request.error)
  }),
  caches: (s) => s.caches.open('x'),
  files: (s) => s.navigator.storage.getDirectory(),
  cookies: (s) => s.cookieStore.getAll(),
  memory: (s) => { if (!s.crossOriginIsolated) throw new Error('refused') },
}
async function attempt(scope, name) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), 1500))
  try {
    await Promise.race([tries[name](scope), late])
    return 'ESCAPED ' + name
  } catch (error) {
    return 'closed ' + name
  }
}
const attemptAll = async (scope) => Promise.all(Object.keys(tries).map((name) => attempt(scope, name)))
`

const escapeAttempt = (host: string) => `
// Undo the lab's own words first: what is left is the document's policy.
for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'importScripts']) {
  delete (globalThis as any)[name]
}
const text = ${JSON.stringify(waysOut(host))}
const { attemptAll } = new Function(text + '; return { attemptAll }')()
console.log((await attemptAll(self)).join('\\n'))
const nested = new Worker(URL.createObjectURL(new Blob([
  text + "; attemptAll(self).then((said) => postMessage(said.join('\\\\n')))",
])))
console.log(await new Promise((resolve) => { nested.onmessage = ({ data }) => resolve('nested\\n' + data) }))
console.log('origin ' + self.origin)
console.log('all tried')
`

const NAMES = 23

/** The built page; another folder when a build of one's own is tested. */
const built = process.env.PLAYGROUND_FOLDER ?? 'dist'

for (const withHeaders of [true, false]) {
  const where = withHeaders ? 'with the headers of the page' : 'on a static host without headers'
  test(`${where}, code of a model reaches no host, no page, no storage, from its worker or one that it makes`, async ({
    page,
  }) => {
    const { server, url } = await serve({ folder: built, port: 0, withHeaders })
    try {
      await tryToEscape(page, url)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
}

async function tryToEscape(page: Page, address: string): Promise<void> {
  const { server, host, connections } = await startListener()
  try {
    const lab = new CustomLab(page)
    await lab.open(address)
    await lab.write(escapeAttempt(host))
    await lab.run()
    await lab.until('Done')
    await expect(lab.console).toContainText('all tried')
    const said = (await lab.console.textContent()) ?? ''
    expect(said.match(/closed \w+/g)).toHaveLength(2 * NAMES)
    expect(said).not.toContain('ESCAPED')
    expect(said).toContain('origin null')
    expect(connections()).toBe(0)
    // The listener does hear those who may speak.
    await page.request.get(`http://${host}/`)
    expect(connections()).toBe(1)
    await lab.provesAlive()
  } finally {
    server.close()
  }
}

for (const withHeaders of [true, false]) {
  test(`${withHeaders ? 'with headers' : 'on a static host'}, a model computes in WebAssembly, and the page says what computes`, async ({
    page,
  }) => {
    const { server, url } = await serve({ folder: built, port: 0, withHeaders })
    try {
      const lab = new CustomLab(page)
      await lab.open(url)
      await lab.write(
        "import { tf } from 'estimator'\nconsole.log(tf.getBackend(), tf.matMul([[3]], [[4]]).arraySync())",
      )
      await lab.run()
      await lab.until('Done')
      await expect(lab.console).toContainText('wasm [[12]]')
      await expect(lab.backend).toHaveText('WebAssembly')
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
}

test('what WebAssembly has not is computed in plain JavaScript, and named; a model may ask for that alone', async ({
  page,
}) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(
    "import { tf } from 'estimator'\nconst f = tf.grad((x) => tf.sum(tf.gather(x, tf.tensor1d([1, 1, 0], 'int32'))))\nconsole.log(f(tf.ones([3])).arraySync())",
  )
  await lab.run()
  await lab.until('Done')
  await expect(lab.console).toContainText('[1, 2, 0]')
  await expect(lab.backend).toHaveText('WebAssembly, JavaScript')
  await expect(lab.backend).toHaveAttribute('title', /UnsortedSegmentSum/)
  await lab.write("import { tf } from 'estimator'\n\nconst z = tf.complex([1], [2])")
  await lab.run()
  await expect(lab.console.getByRole('alert')).toHaveText(
    /^Line 3: TypeError: There are no complex numbers in WebAssembly/,
  )
  await lab.write(
    "import { tf } from 'estimator'\nawait tf.setBackend('cpu')\nconsole.log(tf.real(tf.complex([1], [2])).arraySync())",
  )
  await lab.run()
  await lab.until('Done')
  await expect(lab.console).toContainText('[1]')
  await expect(lab.backend).toHaveText('JavaScript')
})

test('a tensor beyond WebAssembly’s memory is told at its line, and the page lives on', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write("import { tf } from 'estimator'\n\ntf.fill([1100, 1024, 1024], 1)")
  await lab.run()
  await expect(lab.console.getByRole('alert')).toHaveText(
    'Line 3: RangeError: There is no memory left for a tensor of 4,400 MB. A leak, or too large a batch?',
  )
  await lab.provesAlive()
})

const forged: [what: string, message: string][] = [
  ['a message of no kind', "{ type: 'openSesame' }"],
  [
    'a table whose numbers are missing',
    "{ type: 'tableRead', name: 'x', step: 1, rows: 9, dimension: 9, vectors: new Float32Array(3) }",
  ],
  ['a text beyond all bounds', "{ type: 'console', level: 'log', text: 'x'.repeat(1e6) }"],
]

for (const [what, message] of forged) {
  test(`the page refuses ${what}, and lives on`, async ({ page }) => {
    const lab = new CustomLab(page)
    await lab.open()
    await lab.write(withPort(`post(${message})`))
    await lab.run()
    await expect(lab.console).toContainText('a message that it may not send')
    await lab.provesAlive()
  })
}

test('a flood of messages is cut off, and the page lives on', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(withPort("for (;;) post({ type: 'alive' })"))
  await lab.run()
  await expect(lab.console).toContainText('more messages than it may')
  await lab.provesAlive()
})

test('the page gives out no file but its data', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(
    withPort(`
      const ask = (request) => new Promise((resolve) => {
        port.addEventListener('message', ({ data }) => { if (data.requestId === request.id) resolve(data) })
        post({ type: 'request', requestId: request.id, request: request.body })
      })
      const file = await ask({ id: 900001, body: { op: 'read', name: 'index.html' } })
      console.log(file.type, file.message)
      const up = await ask({ id: 900002, body: { op: 'read', name: '../secret' } })
      console.log('up', up.type)
      console.log('tried')`),
  )
  await lab.run()
  await lab.until('Done')
  await expect(lab.console).toContainText('refusal The page gives out no file')
  await expect(lab.console).toContainText('up refusal')
})

test('opened by its address, the sandbox is of an opaque origin too', async ({ page }) => {
  const response = await page.goto('./sandbox.html')
  expect(response?.headers()['content-security-policy']).toContain('sandbox allow-scripts')
  expect(await page.evaluate(() => self.origin)).toBe('null')
})

/** Lays hands on the port to the page, which a model's code is never given: by the prototype that the runtime's calls go through. */
function withPort(body: string): string {
  return `
const port: any = await new Promise((resolve) => {
  const own = MessagePort.prototype.postMessage
  MessagePort.prototype.postMessage = function (this: MessagePort, ...said: any[]) {
    MessagePort.prototype.postMessage = own
    resolve(this)
    return own.apply(this, said as [any])
  }
})
const post = (message: any) => port.postMessage(message)
await new Promise((resolve) => setTimeout(resolve, 50))
${body}
`
}
