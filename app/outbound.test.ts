import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const app = fileURLToPath(new URL('.', import.meta.url))
const opens = /\bfetch\(|['"]node:(?:https?|http2|net|tls|dgram)['"]|['"](?:undici|nodemailer|imapflow|openid-client)(?:\/[\w/-]+)?['"]|\bnew (?:WebSocket|EventSource)\b/

/** Each file that can open a connection, and where its address comes from. The database's own is DATABASE_URL. */
const allowed = {
  'core/database/embedded/one-at-a-time.ts': 'listens on a socket of its own',
  'core/database/embedded/socket-folder.ts': 'listens on a socket of its own',
  'core/documents/scan.ts': 'WINDLION_CLAMD',
  'core/events/send-checkpoints.ts': 'WINDLION_CHECKPOINTS',
  'core/identity/devices.ts': 'no connection: tells IPv4 from IPv6',
  'core/identity/providers/open-id.ts': 'WINDLION_OIDC_ISSUER and its kind, and what that issuer says of itself',
  'core/mail/imap.ts': 'IMAP_URL',
  'core/mail/send.ts': 'SMTP_URL',
  'ui/showcase/serve.ts': 'listens, for the showcase',
}

// So nothing that a visitor writes is ever fetched (server-side request forgery). A new file here needs a setting of the operator behind it.
test('connections are opened by these files only', () => {
  const found = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|-for-tests\.ts$/.test(name) && !name.startsWith('client/')) // the browser's own
    .filter((name) => opens.test(readFileSync(join(app, name), 'utf8')))
  expect(found.toSorted()).toEqual(Object.keys(allowed))
})

/** Each file that starts a program, and which. */
const programs = {
  'commands/drill.ts': 'bin/windlion itself',
  'core/database/embedded/cluster.ts': 'PostgreSQL',
  'core/own-process.ts': 'Node, on a file of ours',
  'core/personal-data/key-wrapper.ts': 'WINDLION_KEYS_COMMAND, split into words',
  'core/reports/document/testing/office.ts': 'LibreOffice, for tests alone',
}

// An argument list reaches the program as it is; through a shell a file's name could become a command.
test('programs are started by these files only, and none through a shell', () => {
  const texts = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|-for-tests\.ts$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(app, name), 'utf8') }))
    .filter(({ text }) => text.includes('node:child_process'))
  expect(texts.map(({ name }) => name).toSorted()).toEqual(Object.keys(programs))
  for (const { name, text } of texts) expect(text, name).not.toMatch(/import[^;\n]*\bexec(Sync)?\b[^;\n]*node:child_process|\bshell:/)
})
