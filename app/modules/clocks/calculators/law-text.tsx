import type { ComponentChildren } from 'preact'

/** Codes of the national law database (全國法規資料庫), by the names in use, the longer ones first. */
const codes: Record<string, string> = {
  行政院及各級行政機關訴願審議委員會審議規則: 'A0030022',
  訴願審議規則: 'A0030022',
  訴願扣除在途期間辦法: 'A0030119',
  訴願法: 'A0030020',
  國家賠償法施行細則: 'I0020005',
  國賠法施行細則: 'I0020005',
  國賠細則: 'I0020005',
  國家賠償法: 'I0020004',
  國賠法: 'I0020004',
  政府採購法施行細則: 'A0030058',
  採購法施行細則: 'A0030058',
  政府採購法: 'A0030057',
  採購法: 'A0030057',
  政府資訊公開法: 'I0020026',
  個人資料保護法: 'I0050021',
  個資法: 'I0050021',
  檔案法: 'A0030134',
  消費者保護法施行細則: 'J0170002',
  消費者保護法: 'J0170001',
  消保法: 'J0170001',
  消費爭議調解辦法: 'J0170008',
  調解辦法: 'J0170008',
  鄉鎮市調解條例: 'I0020003',
  行政程序法: 'A0030055',
  行政訴訟法: 'A0030154',
  民事訴訟法: 'B0010001',
  民法: 'B0000001',
}
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

/** The address of an article in the national law database. */
export const articleAddress = (code: string, article: string): string => `https://law.moj.gov.tw/LawClass/LawSingle.aspx?pcode=${code}&flno=${article}`

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
