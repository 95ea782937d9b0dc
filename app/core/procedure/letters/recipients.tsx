import { Radios } from '../../../ui/components/choices.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import type { StaffRequest } from '../../web/route.ts'
import { type KnownParty, maskParty } from '../parties.ts'
import type { StepState } from '../step.ts'
import type { LetterKind, Letters } from './letter.ts'
import type { CaseLetter } from './queries.ts'

type Recipients = { parties: Record<number, string>; others: string; othersCc: string }

/** An original goes to who acts for a party in place of the party (民事訴訟法 §132), where there is one. */
export function usualRecipients<State extends StepState>(kind: LetterKind<State>, state: State, parties: readonly KnownParty[]): Recipients {
  const of = (roles: readonly string[] | undefined) => parties.filter(({ role }) => roles?.includes(role)).map((party) => parties.find(({ representsId }) => representsId === party.id) ?? party)
  const names = (all: readonly (string | null)[] | undefined) => (all ?? []).filter(Boolean).join('\n')
  return { parties: { ...Object.fromEntries(of(kind.cc).map(({ id }) => [id, 'copy'])), ...Object.fromEntries(of(kind.to).map(({ id }) => [id, 'original'])) }, others: names(kind.others?.(state)), othersCc: names(kind.othersCc?.(state)) }
}

export const keptRecipients = ({ copies }: CaseLetter): Recipients => ({
  parties: Object.fromEntries(copies.flatMap(({ partyId, original }) => (partyId === null ? [] : [[partyId, original ? 'original' : 'copy']]))),
  others: copies.flatMap(({ addressee, original }) => (addressee && original ? [addressee] : [])).join('\n'), othersCc: copies.flatMap(({ addressee, original }) => (addressee && !original ? [addressee] : [])).join('\n'),
})

/** Who gets an original, who a copy; parties by their masked names. */
export function RecipientFields<State extends StepState>({ letters, parties, usual, error }: { letters: Letters<State>; parties: readonly KnownParty[]; usual: Recipients; error: string | undefined }) {
  return (
    <>
      {parties.map((party) => (
        <Radios key={party.id} name={`party-${party.id}`} label={`${letters.partyRoles[party.role] ?? party.role} ${maskParty(party).called}`} inline value={usual.parties[party.id] ?? ''} required={false} options={[{ value: 'original', text: '正本' }, { value: 'copy', text: '副本' }, { value: '', text: '不給' }]} />
      ))}
      <TextArea name="others" label="其他受文者" hint="機關、法院、公司；一行一個，發正本。" rows={2} required={false} value={usual.others} error={error} />
      <TextArea name="othersCc" label="副本" hint="一行一個。" rows={2} required={false} value={usual.othersCc} />
    </>
  )
}

/** What the fields above send, as the acts take it. */
export const recipientsIn = ({ form }: StaffRequest) => ({
  parties: Object.fromEntries(Object.entries(form).flatMap(([field, how]) => (field.startsWith('party-') ? [[field.slice(6), how]] : []))), others: form.others, othersCc: form.othersCc,
})
