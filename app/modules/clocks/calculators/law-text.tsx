import type { ComponentChildren } from 'preact'
import { articleAddress, nationalCodes as codes } from '../../../core/laws/national-names.ts'

/** The same in English; the database has its English pages by law, not by article. */
const englishCodes: Record<string, string> = {
  'Administrative Appeal Act': 'A0030020',
  'State Compensation Act': 'I0020004',
  'Government Procurement Act': 'A0030057',
  'Freedom of Government Information Law': 'I0020026',
  'Personal Data Protection Act': 'I0050021',
  'Archives Act': 'A0030134',
  'Consumer Protection Act': 'J0170001',
  'Administrative Procedure Act': 'A0030055',
  'Administrative Litigation Act': 'A0030154',
}
/** 施行細則 alone means that of the law just named. */
const byelaws: Record<string, string> = { A0030057: 'A0030058', I0020004: 'I0020005', J0170001: 'J0170002' }

const pattern = new RegExp(`(${[...Object.keys(codes), ...Object.keys(englishCodes)].join('|')}|施行細則|[\\p{Script=Han}]+(?:法|條例|規則|辦法|準則|細則|標準|規範|手冊))?\\s*§\\s?(\\d+)(?:-(\\d+))?(?: [IVX]+(?![\\p{L}]))?`, 'gu')

const englishAddress = (code: string): string => `https://law.moj.gov.tw/ENG/LawClass/LawAll.aspx?pcode=${code}`

/** A text in which every 「訴願法 §14」 leads to that article. A bare 「§80」 is of the law named before it. */
export function LawText({ text }: { text: string }) {
  const parts: ComponentChildren[] = []
  let code: string | undefined
  let done = 0
  for (const match of text.matchAll(pattern)) {
    const [whole, name, article, sub] = match
    if (name !== undefined && englishCodes[name]) {
      parts.push(text.slice(done, match.index), <a key={match.index} href={englishAddress(englishCodes[name])}>{whole}</a>)
      done = match.index + whole.length
      continue
    }
    if (name === '施行細則') code = code && (byelaws[code] ?? (Object.values(byelaws).includes(code) ? code : undefined))
    else if (name !== undefined) code = codeOf(name)
    if (!code) continue
    parts.push(text.slice(done, match.index), <a key={match.index} href={articleAddress(code, sub ? `${article}-${sub}` : article!)}>{whole}</a>)
    done = match.index + whole.length
  }
  return <>{parts}{text.slice(done)}</>
}

/** A name may stand behind other words: 依訴願法. */
function codeOf(name: string): string | undefined {
  const known = Object.keys(codes).filter((each) => name.endsWith(each)).toSorted((a, b) => b.length - a.length)[0]
  return known && codes[known]
}
