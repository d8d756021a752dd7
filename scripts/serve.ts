/** Serves the built page: `npm start`, or `npm run serve -- --port 8080 --host 0.0.0.0` after a build. */
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import sirv from 'sirv'
import { headers, sandboxHeaders, sandboxPath } from './headers'

const firstPort = 4173

export interface ServeOptions {
  folder?: string
  host?: string
  /** Exactly this one; without it the first free one from 4173. 0 = any free one. */
  port?: number
  /** false: as a static host that knows nothing of the page's headers. */
  withHeaders?: boolean
}

/** Starts the server and resolves with its address once it listens. */
export async function serve({ folder = 'dist', host = 'localhost', port, withHeaders = true }: ServeOptions = {}) {
  if (!existsSync(`${folder}/index.html`)) throw new Error(`There is no built page in ${folder}/. Run: npm run build`)
  const files = sirv(folder, {
    gzip: true,
    brotli: true,
    etag: true,
    setHeaders: (response, path) => {
      if (!withHeaders) return
      const own = path.endsWith(`/${sandboxPath}`) ? sandboxHeaders : headers
      for (const [name, value] of Object.entries(own)) response.setHeader(name, value)
    },
  })
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404).end('Not found')
    })
  })
  const listening = await listen(server, host, port)
  return { server, url: `http://${host.includes(':') ? `[${host}]` : host}:${listening}/` }
}

async function listen(server: Server, host: string, port?: number): Promise<number> {
  for (let candidate = port ?? firstPort; ; candidate++) {
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve)
      server.listen(candidate, host, () => {
        server.off('error', resolve)
        resolve(null)
      })
    })
    const address = server.address()
    if (!error && address && typeof address === 'object') return address.port
    if (error && (error.code !== 'EADDRINUSE' || port !== undefined || candidate > firstPort + 100)) throw error
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } })
  const port = values.port === undefined ? undefined : Number(values.port)
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
    console.error(`--port takes a number from 0 to 65535, not "${values.port}".`)
    process.exit(1)
  }
  try {
    const { url } = await serve({ ...(values.host && { host: values.host }), ...(port !== undefined && { port }) })
    console.log(`Embedding Playground: ${url}`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
