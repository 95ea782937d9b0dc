import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { showcase } from '../showcase.ts'

const publicFolder = new URL('../../../public/', import.meta.url)
const types: Record<string, string> = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' }

/** The policy that the service has too: nothing inline, nothing from elsewhere. */
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'"

/** Serves the showcase's pages, as the service would, on a free port unless one is given. */
export async function serveShowcase(port = 0): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const page = showcase[path.slice(1) || 'portal']
    if (page) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
      response.end(page())
      return
    }
    readFile(new URL(`.${path}`, publicFolder)).then(
      (file) => response.writeHead(200, { 'content-type': types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream' }).end(file),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

if (process.argv[1] === import.meta.filename) {
  const { url } = await serveShowcase(Number(process.env.PORT ?? 0))
  process.stdout.write(`${Object.keys(showcase).map((name) => `${url}/${name}`).join('\n')}\n`)
}
