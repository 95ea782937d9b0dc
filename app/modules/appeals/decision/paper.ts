import type { Paper, PaperLine } from '../../../core/reports/paper/paper.ts'
import { linesOf } from '../../../core/reports/paper/paper.ts'
import { type Day, rocLongDay } from '../../../core/time.ts'
import type { PublishedDecision } from './tables.ts'
import { conclusionOf, type DraftClaim } from './rules.ts'
import type { Decided } from './queries.ts'
import { type Ground, partyRoles, type PartyRole } from '../schema.ts'

/** What 訴願法 §89 I ①, ② asks of a person, as the original prints it. */
export type PrintedParty = { role: PartyRole; isPerson: boolean; name: string | null; bornOn: string | null; idNumber: string | null; address: string | null }

const section = (title: string, text: string): PaperLine[] => (text.trim() ? [{ style: 'label', text: title }, ...linesOf('text', text)] : [])

/** 訴願決定書正本 (訴願法 §89, §90; 審議規則 §28). It names everybody whole: only for those whom it is served on. */
export function originalPaper(decided: Decided, of: { county: string; agency: string; title: string; ground: Ground; dispositionNo: string | null; dispositionOn: Day | null; appliedOn: Day | null; parties: readonly PrintedParty[] }): Paper {
  return {
    title: `${of.county}訴願決定書`,
    on: decided.decidedOn,
    lines: [
      { style: 'source', text: decided.number },
      ...of.parties.flatMap((party): PaperLine[] => [
        { style: 'plain', text: `${partyRoles[party.role]}　${party.name ?? ''}` },
        ...(party.isPerson ? [[party.bornOn && `出生年月日：${party.bornOn}`, party.idNumber && `身分證明文件字號：${party.idNumber}`].filter(Boolean).join('　')] : []).filter(Boolean).map((text): PaperLine => ({ style: 'plain', text })),
        ...(party.address ? [{ style: 'plain', text: `${party.isPerson ? '住居所' : '事務所或營業所'}：${party.address}` } as const] : []),
      ]),
      { style: 'plain', text: `原處分機關　${of.agency}` },
      { style: 'text', text: `訴願人${of.title}，不服${of.agency}${mattered(of)}，提起訴願，本府決定如下：` },
      ...section('主文', decided.main),
      ...section('事實', decided.facts),
      ...section('理由', decided.reasons),
      ...decided.members.map((text): PaperLine => ({ style: 'plain', text: `訴願審議委員會　${text}` })),
      { style: 'plain', text: [of.county, decided.head].filter(Boolean).join('　') },
      { style: 'label', text: rocLongDay(decided.decidedOn) },
      ...linesOf('plain', decided.remedy),
    ],
  }
}

/** What it is against, by day and number where they are known: a disposition, or that nothing was done about an application (§2). */
function mattered({ ground, dispositionNo, dispositionOn, appliedOn }: { ground: Ground; dispositionNo: string | null; dispositionOn: Day | null; appliedOn: Day | null }): string {
  if (ground === 'inaction') return `對${appliedOn ? `${rocLongDay(appliedOn)}之` : '其'}申請逾期不作為`
  return `${dispositionOn ? rocLongDay(dispositionOn) : ''}${dispositionNo ?? ''}${dispositionOn || dispositionNo ? '' : '所為之'}處分`
}

/** The copy for everybody (政府資訊公開法 §7 I ⑦), made from what was published alone. */
export function publishedPaper(one: PublishedDecision, county: string): Paper {
  return {
    title: `${county}訴願決定書 ${one.number}`,
    on: one.decided_on,
    lines: [
      { style: 'source', text: '去識別化公開版，非送達之正本' },
      { style: 'plain', text: `案由　${one.title}` }, { style: 'plain', text: `原處分機關　${one.agency}` },
      ...section('主文', one.main), ...section('事實', one.facts), ...section('理由', one.reasons),
      ...one.members.map((text): PaperLine => ({ style: 'plain', text: `訴願審議委員會　${text}` })),
      { style: 'label', text: rocLongDay(one.decided_on) },
    ],
  }
}

type OfCase = { title: string; agency: string; dispositionNo: string | null; dispositionOn: string | null; papers: readonly { kind: string; text: string }[] }

/** A first draft of the facts, from the case's own papers. */
export function draftFacts({ title, agency, dispositionNo, dispositionOn, papers }: OfCase): string {
  const told = (kinds: string[]) => papers.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text.trim()).join('\n')
  const [appeal, defence] = [told(['appeal', 'statement', 'reasons']), told(['defence'])]
  return [
    `緣訴願人${title}，不服${agency}${dispositionOn ? `${dispositionOn}` : ''}${dispositionNo ? `${dispositionNo}` : ''}處分，向本府提起訴願${defence ? '，並據原處分機關檢卷答辯到府' : ''}，茲摘敘訴辯意旨如次：`,
    appeal && `一、訴願意旨略以：${appeal}`,
    defence && `${appeal ? '二' : '一'}、答辯意旨略以：${defence}`,
  ].filter(Boolean).join('\n\n')
}

/** The reasons begin with the law and end with it; what lies between is the reviewer's. */
export const draftReasons = (claims: readonly DraftClaim[]): string => `一、\n\n二、\n\n${claims.length ? conclusionOf(claims) : '據上論結，爰依訴願法規定，決定如主文。'}`
