import type { ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { findSetting } from '../../../core/identity/settings.ts'
import { queueMail, refuseAddress } from '../../../core/mail/outbox.ts'
import { namePurposes } from '../../../core/mail/purposes.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import type { Day } from '../../../core/time.ts'
import { type LetterKind, letterKinds, type PartyRole } from '../schema.ts'
import '../tables.ts'
import { type About, letterOf, type Said } from './words.ts'

namePurposes(Object.fromEntries(Object.entries(letterKinds).map(([kind, name]) => [`appeal.${kind}`, name])))

/** What starts a period against a party is served on paper with proof; the rest goes by mail where there is an address. */
export const servedOnPaper: readonly LetterKind[] = ['correction', 'decision']

export type OfCase = { id: number; number: string | null; followNo: string; title: string; agency: string }

/**
 * Writes a letter to the parties, to the agency, or both, in the act's own transaction: by mail, or into the tray of what has to be posted.
 * `arrivedOn`: the day on which the agency had its letter, where that is known already.
 */
export async function writeLetters(tx: Tx, ctx: ActContext, appeal: OfCase, kind: LetterKind, whom: 'parties' | 'agency' | 'both', said: Said, documentNo: string | null = null, arrivedOn: Day | null = null): Promise<number> {
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  const about: About = { number: appeal.number ?? appeal.followNo, title: appeal.title, agency: appeal.agency, county }
  const { subject, text } = letterOf(kind, about, said)
  const letter = { case_id: appeal.id, kind, subject, document_no: documentNo, written_at: ctx.now, sent_by: null, served_on: null, service_kind: null, effective_on: null, remark: null }
  let written = 0
  if (whom !== 'agency') {
    for (const party of await recipients(tx, appeal.id)) {
      const email = unseal(party.email)
      const way = email && !refuseAddress(email) && !servedOnPaper.includes(kind) ? ('mail' as const) : ('post' as const)
      const signed = `您好：\n\n${text}\n\n${county} 敬啟`
      // a letter that carries the follow code is not kept readable
      const kept = said.code ? signed.replace(said.code, '（寄出後不保留）') : signed
      await tx.insertInto('appeal_letters').values({ ...letter, party_id: party.id, recipient: null, text: kept, way, sent_on: way === 'mail' ? ctx.today : null }).execute()
      if (way === 'mail') await queueMail(tx, { to: email!, subject, text: signed, purpose: `appeal.${kind}`, caseId: appeal.id, secret: said.code !== undefined })
      written++
    }
  }
  if (whom !== 'parties') {
    await tx.insertInto('appeal_letters').values({ ...letter, party_id: null, recipient: appeal.agency, text, way: 'exchange', sent_on: arrivedOn, sent_by: arrivedOn ? (ctx.person?.id ?? null) : null }).execute()
    written++
  }
  await record(tx, ctx, 'appeal.told', { caseId: appeal.id, payload: { what: kind, letters: written } })
  return written
}

type Recipient = { id: number; role: PartyRole; acts_for: number | null; email: Buffer | null }

/**
 * To whom papers for the parties go: an agent or statutory representative in place of whom they act for (訴願法 §44, §46), the chosen
 * representative in place of all appellants (§25), else everybody for themselves.
 */
export async function recipients(tx: Tx, caseId: number): Promise<Recipient[]> {
  const parties = await tx.selectFrom('appeal_parties').select(['id', 'role', 'acts_for', 'email']).where('case_id', '=', caseId).where('until', 'is', null).orderBy('id').execute()
  return recipientsOf(parties)
}

export function recipientsOf(parties: readonly Recipient[]): Recipient[] {
  const acting = parties.filter(({ role }) => role === 'agent' || role === 'statutory-representative')
  const chosen = parties.filter(({ role }) => role === 'joint-representative')
  const appellants = parties.filter(({ role }) => role === 'appellant')
  const principals = [...(chosen.length ? chosen : appellants), ...parties.filter(({ role }) => role === 'participant')]
  const actorOf = (principal: Recipient) => acting.find(({ acts_for: one }) => one === principal.id) ?? (principal.role === 'participant' ? undefined : acting.find(({ acts_for: one }) => one === null))
  return [...new Map(principals.map((principal) => actorOf(principal) ?? principal).map((one) => [one.id, one])).values()]
}
