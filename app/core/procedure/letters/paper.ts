import { mask } from '../../masking/index.ts'
import { linesOf, type Paper, type PaperLine } from '../../reports/paper/paper.ts'
import { type Day, rocLongDay } from '../../time.ts'
import type { KnownParty } from '../parties.ts'
import type { LetterSection } from '../tables.ts'

/** A party as a paper names it. */
export type Printed = { id: number; role: string; person: boolean; called: string; businessNo: string | null; idNumber: string | null; born: string | null; more: string | null; address: string | null; power: string | null }

export const printedOf = (party: KnownParty, roles: Readonly<Record<string, string>>): Printed => ({
  id: party.id, role: roles[party.role] ?? party.role, person: party.kind === 'person', called: party.called, businessNo: party.businessNo, idNumber: party.idNumber, born: party.born, more: party.more, address: party.address, power: party.power,
})

export type Printable = {
  county: string
  /** 拒絕賠償理由書 */
  title: string
  /** null: a draft */
  documentNo: string | null
  on: Day
  caseNumber: string
  parties: readonly Printed[]
  sections: readonly LetterSection[]
  signed: readonly string[]
  /** 正本、副本 as they stand below; parties by their role */
  originals: readonly string[]
  copies: readonly string[]
}

/**
 * The paper in the office's form. `whole` for the file and for service; `online` what a party downloads: no numbers, birth dates and addresses of people;
 * `masked` names nobody (rules.md §4): neither text, nor head, nor title.
 */
export function letterPaper(of: Printable, how: 'whole' | 'online' | 'masked'): Paper {
  const people = of.parties.filter(({ person }) => person).map(({ called }) => called)
  const clean = (text: string) => (how === 'masked' ? mask(text, people).text : text)
  return {
    title: `${of.county}${of.title}`,
    on: of.on,
    lines: [
      ...(of.documentNo ? [] : [{ style: 'source', text: '草稿，尚未核發' } as const]),
      ...(how === 'online' ? [{ style: 'source', text: '線上副本，不印個人的證號、出生日期和地址；期間從紙本送達起算' } as const] : how === 'masked' ? [{ style: 'source', text: '去識別化版本，非送達之正本' } as const] : []),
      { style: 'source', text: [of.documentNo, `案號 ${of.caseNumber}`].filter(Boolean).join('　') },
      ...of.parties.flatMap((party) => partyLines(party, how, clean)),
      ...of.sections.flatMap(({ title, text }): PaperLine[] => (text.trim() ? [{ style: 'label', text: title }, ...linesOf('text', clean(text))] : [])),
      ...of.signed.map((who): PaperLine => ({ style: 'plain', text: `${who}：　　　　　　　　　　（簽名或蓋章）` })),
      { style: 'label', text: `${of.county}　${of.documentNo ? rocLongDay(of.on) : '　年　月　日'}` },
      ...(of.originals.length ? [{ style: 'plain', text: `正本：${of.originals.map(clean).join('、')}` } as const] : []),
      ...(of.copies.length ? [{ style: 'plain', text: `副本：${of.copies.map(clean).join('、')}` } as const] : []),
    ],
  }
}

function partyLines(party: Printed, how: 'whole' | 'online' | 'masked', clean: (text: string) => string): PaperLine[] {
  const name: PaperLine = { style: 'plain', text: `${party.role}　${clean(party.called)}${party.power && how !== 'masked' ? `（${party.power}）` : ''}` }
  const number: PaperLine[] = party.businessNo ? [{ style: 'plain', text: `統一編號：${party.businessNo}` }] : []
  if (!party.person) return [name, ...number, ...(party.address ? [{ style: 'plain', text: `營業所：${clean(party.address)}` } as const] : [])]
  if (how !== 'whole') return [name]
  const told = [party.more, party.born && `出生年月日：${party.born}`, party.idNumber && `身分證明文件字號：${party.idNumber}`].filter(Boolean).join('　')
  return [name, ...(told ? [{ style: 'plain', text: told } as const] : []), ...(party.address ? [{ style: 'plain', text: `住居所：${party.address}` } as const] : [])]
}
