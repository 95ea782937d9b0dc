// A process that works like an office until it is killed: several hands at once, each telling on standard output what was acknowledged to it.
import { writeSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { connect, write } from '../../app/core/db.ts'
import { attachDocument, storeDocument, useDocumentFolder } from '../../app/core/documents/store.ts'
import { valueOf } from '../../app/core/errors.ts'
import { addCaseState } from '../../app/core/events/case-state.ts'
import { signCheckpoint } from '../../app/core/events/checkpoints.ts'
import { record } from '../../app/core/events/record.ts'
import { grant } from '../../app/core/identity/permissions.ts'
import { findPerson } from '../../app/core/identity/sessions.ts'
import { openJobs } from '../../app/core/jobs/jobs.ts'
import { dispatchPetition } from '../../app/modules/petitions/dispatch/actions.ts'
import { acceptPetition } from '../../app/modules/petitions/handling/accept.ts'
import { permissions } from '../../app/modules/petitions/permissions.ts'
import { dayOf } from '../../app/core/time.ts'
import { makePetition, useTestKeys } from '../support/makers.ts'
import type { Acknowledged, Setting } from './rounds.ts'

const setting = JSON.parse(process.env.KILL_SETTING!) as Setting
useTestKeys()
grant(permissions)
addCaseState('petitions', 'id')
useDocumentFolder(setting.documents)
const { db } = connect(setting.url, { max: 8 })
await openJobs(db)
const clerk = { db, person: (await findPerson(db, setting.clerk))! }
const officer = { db, person: (await findPerson(db, setting.officer))! }

/** In one system call: what is told was told before the kill. */
const tell = (what: Acknowledged) => writeSync(1, `${JSON.stringify(what)}\n`)

async function oneCase(): Promise<void> {
  const { id, number } = await makePetition(db, new Date())
  tell({ what: 'registered', id, number })
  valueOf(await dispatchPetition(clerk, { name: number, unitId: setting.unit, jointUnitIds: [] }))
  tell({ what: 'dispatched', id, number })
  const text = randomUUID()
  await write(db, async (tx, now) => {
    const { id: documentId } = await storeDocument(tx, Buffer.from(text), 'text/plain')
    await attachDocument(tx, { caseId: id, documentId, name: `${text}.txt`, kind: 'supplement' })
    await record(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, 'petition.supplemented', { caseId: id })
  })
  tell({ what: 'attached', id, number, text })
  valueOf(await acceptPetition(officer, { name: number }))
  tell({ what: 'accepted', id, number })
}

const hand = async (): Promise<never> => {
  for (;;) await oneCase()
}
const sealer = async (): Promise<never> => {
  for (;;) tell({ what: 'signed', note: (await signCheckpoint(db)).note })
}

// ready; the work begins when the parent says so
writeSync(1, 'ready\n')
await new Promise((go) => process.stdin.once('data', go))
await Promise.all([hand(), hand(), hand(), sealer()])
