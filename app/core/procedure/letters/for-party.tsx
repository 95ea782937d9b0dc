import type { Reader } from '../../db.ts'
import type { FilingKind } from '../../filing/filing.ts'
import { Details } from '../../../ui/components/details.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { type CaseLetter, findLettersFor } from './queries.ts'

/** What was issued to whoever filed the case, or to who acts for them. */
export async function findFilerLetters(reader: Reader, caseId: number): Promise<CaseLetter[]> {
  const filer = await reader.selectFrom('case_filings').select('party_id').where('id', '=', caseId).executeTakeFirst()
  return filer?.party_id ? findLettersFor(reader, caseId, filer.party_id) : []
}

/** On the page on which a party follows the case: each paper to read and to download. Periods run from service, not from here. */
export function LettersForParty({ of, followNo, letters }: { of: FilingKind; followNo: string; letters: readonly CaseLetter[] }) {
  if (!letters.length) return null
  return (
    <>
      <h2>收到的文書</h2>
      {letters.map((letter, i) => (
        <Details key={letter.id} open={i === 0} summary={<>{letter.title}　<span class="muted">{letter.documentNo}　<DayText day={letter.issuedOn!} /></span></>}>
          {letter.sections.map(({ title, text }) => <section key={title}><h3>{title}</h3><Letter text={text} serif /></section>)}
          <p><a href={`${of.base}/follow/${followNo}/letters/${letter.id}`} download>下載 {letter.title} PDF</a></p>
        </Details>
      ))}
      <p class="muted small">法律上的期間從紙本送達起算，不是從您在這裡看到的時候。</p>
    </>
  )
}
