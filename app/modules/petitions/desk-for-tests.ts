import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { useCaseKinds } from '../../core/cases/case-kinds.ts'
import type { Db } from '../../core/db.ts'
import { useDocumentFolder } from '../../core/documents/store.ts'
import { tokenHash } from '../../core/identity/sessions.ts'
import { useNavigation } from '../../core/web/pages.tsx'
import { buildServer, sessionCookie } from '../../core/web/server.ts'
import { Browser } from '../../../test/support/browser-less.ts'
import { petitions } from './index.ts'
import type { Staff } from './office-for-tests.ts'
import { testFolder } from '../../../test/support/folder.ts'

/** The console served on a test database with a fixed clock; `signIn` gives a colleague's browser. */
export async function makeDesk(db: Db, now: () => Date) {
  useDocumentFolder(join(testFolder(), 'documents'))
  useNavigation([petitions])
  useCaseKinds(petitions.caseKinds ?? [])
  const app = await buildServer({ db, publicDb: db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes: petitions.routes, publicFolder: fileURLToPath(new URL('../../../public', import.meta.url)), behindProxy: false, logLevel: 'silent', now })
  afterAll(() => app.close())
  const signIn = async (staff: Staff): Promise<Browser> => {
    const token = randomBytes(32).toString('base64url')
    await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: staff.person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
    return new Browser(app, { [sessionCookie]: token })
  }
  return { app, signIn }
}
