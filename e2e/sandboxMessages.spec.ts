import { tiny } from './customCode'
import { CustomLab } from './customLab'
import { expect, test } from './fixtures'

/** What a run says that lays hands on the port, and why it is ended. */
const refused: [what: string, code: string, why: string][] = [
  ['a message of no kind', "post({ type: 'openSesame' })", 'a message that it may not send'],
  [
    'a table whose numbers are missing',
    "post({ type: 'tableRead', name: 'x', step: 1, rows: 9, dimension: 9, vectors: new Float32Array(3) })",
    'a message that it may not send',
  ],
  [
    'a text beyond all bounds',
    "post({ type: 'console', level: 'log', text: 'x'.repeat(1e6) })",
    'a message that it may not send',
  ],
  [
    'what nobody asked for beside it',
    "post({ type: 'alive', luggage: new Uint8Array(9) })",
    'a message that it may not send',
  ],
  [
    'a list that is only long',
    "const long = []\nlong.length = 2 ** 32 - 1\npost({ type: 'stepped', steps: long })",
    'more messages than it may',
  ],
  [
    'a list of lists of one list',
    'let list = Array(1000).fill(0)\nfor (let i = 0; i < 3; i++) list = Array(1000).fill(list)\npost({ type: list })',
    'more messages than it may',
  ],
  ['messages without end', "for (;;) post({ type: 'alive' })", 'more messages than it may'],
]

test('the page ends a run that sends what it may not, and lives on', async ({ page }) => {
  test.slow()
  const lab = new CustomLab(page)
  await lab.open()
  for (const [what, code, why] of refused) {
    await test.step(what, async () => {
      await lab.write(withPort(code))
      await lab.run()
      await expect(lab.console.getByRole('alert')).toContainText(why, { timeout: 20_000 })
    })
  }
  await lab.provesAlive()
})

test('questions for gigabytes are answered one after the other, and not at all when the run is gone', async ({
  page,
}) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(
    withPort(`
      const ask = (requestId: number, request) => post({ type: 'request', requestId, request })
      ask(900000, { op: 'save', name: 'large', bytes: new Uint8Array(60 * 2 ** 20) })
      for (let i = 1; i < 500; i++) ask(900000 + i, { op: 'load', name: 'large' })
      console.log('asked for 29 GB')
      await new Promise(() => {})`),
  )
  await lab.run()
  await expect(lab.console).toContainText('asked for 29 GB')
  await lab.button('Stop').click()
  await lab.button('Stop now').click()
  await lab.until(/^Stopped/)
  // Its checkpoints wait for none of that.
  await lab.write(tiny())
  await lab.run()
  await lab.until('Done · step 20')
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

test('what code stores under whatever name is listed, and goes with the next run from the start', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  const names = ["'plain'", "'\\uffff\\uffff'", "'../up'"]
  const ask = `
    const ask = (request) => new Promise((resolve) => {
      port.addEventListener('message', ({ data }) => { if (data.requestId === request.id) resolve(data) })
      post({ type: 'request', requestId: request.id, request: request.body })
    })
    const listed = async () => (await ask({ id: 900000, body: { op: 'list', name: '' } })).value.length`
  await lab.write(
    withPort(`${ask}
    for (const [i, name] of [${names}].entries()) await ask({ id: 900001 + i, body: { op: 'save', name, bytes: new Uint8Array(5) } })
    console.log('stored', await listed())`),
  )
  await lab.run()
  await lab.until('Done')
  await expect(lab.console).toContainText('stored 3')
  await lab.write(withPort(`${ask}\nconsole.log('left', await listed())`))
  await lab.run()
  await lab.until('Done')
  await expect(lab.console).toContainText('left 0')
})

/** Lays hands on the port to the page, which a model's code is never given: by the prototype that the runtime's calls go through. */
function withPort(body: string): string {
  return `
const port = await new Promise((resolve) => {
  const own = MessagePort.prototype.postMessage
  MessagePort.prototype.postMessage = function (this: MessagePort, ...said) {
    MessagePort.prototype.postMessage = own
    resolve(this)
    return own.apply(this, said)
  }
})
const post = (message) => port.postMessage(message)
await new Promise((resolve) => setTimeout(resolve, 50))
${body}
`
}
