import { mkdir, writeFile } from 'node:fs/promises'
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
  staticImport: () => new Promise((resolve, reject) => {
    const text = 'import "http://${host}/static.js"; postMessage("imported")'
    const w = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })), { type: 'module' })
    w.onmessage = () => resolve('imported')
    w.onerror = () => reject(new Error('refused'))
  }),
  dataWorker: () => new Promise((resolve, reject) => {
    const w = new Worker('data:text/javascript,postMessage(1)')
    w.onmessage = () => resolve('started')
    w.onerror = () => reject(new Error('refused'))
  }),
  blobFetch: (s) => s.fetch(URL.createObjectURL(new Blob(['x']))),
  locks: (s) => s.navigator.locks.query(),
  channel: (s) => new Promise((resolve, reject) => {
    const c = new s.BroadcastChannel('custom model')
    c.onmessage = () => resolve('heard the page')
    setTimeout(() => reject(new Error('nothing heard')), 500)
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
  delete globalThis[name]
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

const NAMES = 28

/** The built page; another folder when a build of one's own is tested. */
const built = process.env.PLAYGROUND_FOLDER ?? 'dist'

for (const withHeaders of [true, false]) {
  const where = withHeaders ? 'with the headers of the page' : 'on a static host without headers'
  test(`${where}, code of a model reaches no host, no page, no storage, from its worker or one that it makes; and computes in WebAssembly`, async ({
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
    await page.evaluate(() => {
      const channel = new BroadcastChannel('custom model')
      setInterval(() => channel.postMessage('from the page'), 50)
    })
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
    await computesInWebAssembly(lab)
  } finally {
    server.close()
  }
}

async function computesInWebAssembly(lab: CustomLab): Promise<void> {
  await lab.write("import { tf } from 'estimator'\nconsole.log(tf.getBackend(), tf.matMul([[3]], [[4]]).arraySync())")
  await lab.run()
  await lab.until('Done')
  await expect(lab.console).toContainText('wasm [[12]]')
  await expect(lab.backend).toHaveText('WebAssembly')
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

test('opened by its address, the sandbox is of an opaque origin too', async ({ page }) => {
  const response = await page.goto('./sandbox.html')
  expect(response?.headers()['content-security-policy']).toContain('sandbox allow-scripts')
  expect(await page.evaluate(() => self.origin)).toBe('null')
})

test('on a static host, another site that frames the sandbox gets no worker of the page’s origin', async ({ page }) => {
  const host = await serve({ folder: built, port: 0, withHeaders: false })
  const folder = test.info().outputPath('other')
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}/index.html`, framing(`${host.url}sandbox.html`))
  const other = await serve({ folder, port: 0, withHeaders: false })
  try {
    // Not sandboxed, the frame is of the page's own origin, and would read its storage.
    await page.goto(`${other.url}index.html#plain`)
    await expect(page.locator('output')).toHaveText('nothing was heard')
    // As the page itself does it, it answers from an origin that owns nothing.
    await page.goto('about:blank')
    await page.goto(`${other.url}index.html#allow-scripts`)
    await expect(page.locator('output')).toHaveText('heard from null')
  } finally {
    for (const { server } of [host, other]) {
      server.closeAllConnections()
      server.close()
    }
  }
})

/** A page of somebody else that gives the sandbox a worker of its own, in a frame with the permissions after `#`. */
const framing = (address: string) => `<!doctype html><title>Another site</title><output></output><script>
  const output = document.querySelector('output')
  const frame = document.createElement('iframe')
  const permissions = location.hash.slice(1)
  if (permissions !== 'plain') frame.setAttribute('sandbox', permissions)
  frame.src = ${JSON.stringify(address)}
  frame.onload = () => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => { output.value = 'heard from ' + data }
    const script = new Blob(['onmessage = ({ ports: [port] }) => port.postMessage(self.origin)'])
    frame.contentWindow.postMessage({ script }, '*', [port2])
    setTimeout(() => { output.value ||= 'nothing was heard' }, 2000)
  }
  document.body.append(frame)
</script>`
