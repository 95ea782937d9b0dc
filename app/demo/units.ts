/** A unit of the demonstration county, as a row of units.csv. */
export type DemoUnit = { code: string; name: string; kind: '處' | '局' | '所屬機關' | '鄉鎮公所' | '科'; parent: string }

const departments = ['民政處', '財政處', '教育處', '建設處', '工務處', '社會處', '觀光處', '行政處', '人事處', '主計處', '政風處']
const bureaux = ['地政局', '文化局', '警察局', '消防局', '衛生局', '環境保護局', '稅務局']
const townshipOffices = ['金城鎮公所', '金沙鎮公所', '金湖鎮公所', '金寧鄉公所', '烈嶼鄉公所']

const sections: Record<string, string[]> = {
  民政處: ['自治行政科', '宗教禮俗科', '戶政科'],
  財政處: ['財務管理科', '公產管理科'],
  教育處: ['學務管理科', '國民教育科', '體育科'],
  建設處: ['都市計畫科', '建築管理科', '農林科', '漁業科', '工商科'],
  工務處: ['土木工程科', '養護科', '水利科', '交通科'],
  社會處: ['社會救助科', '長青福利科', '婦幼科'],
  觀光處: ['旅遊行銷科', '景區管理科'],
  行政處: ['綜合規劃科', '管制考核科', '法制科', '採購科', '文書科', '資訊科', '為民服務科'],
  人事處: ['組編任免科', '考訓給與科'],
  主計處: ['歲計科', '統計科'],
  政風處: ['預防科', '查處科'],
  地政局: ['測量科', '地籍科'],
  文化局: ['藝文推廣科', '圖書資訊科'],
  警察局: ['行政科', '交通警察隊'],
  消防局: ['災害搶救科', '火災預防科'],
  衛生局: ['醫政科', '疾病管制科', '食品藥物科'],
  環境保護局: ['空氣噪音科', '廢棄物管理科', '水質科'],
  稅務局: ['房屋稅科', '使用牌照稅科'],
}

/** Agencies below a bureau. */
const agencies: [string, string][] = [
  ['自來水廠', '建設處'], ['林務所', '建設處'], ['水產試驗所', '建設處'], ['動植物防疫所', '建設處'], ['養護工程所', '工務處'], ['港務處', '工務處'],
  ['公共車船管理處', '觀光處'], ['殯葬管理所', '民政處'], ['托育資源中心', '社會處'], ['圖書館', '文化局'],
]

const twoDigits = (n: number): string => String(n).padStart(2, '0')

/** 18 bureaux with their sections and agencies, and five township offices; 烏坵鄉 has none of its own. Parents come first. */
export const demoUnits: DemoUnit[] = buildUnits()

function buildUnits(): DemoUnit[] {
  const tops: DemoUnit[] = [
    ...departments.map((name, i) => ({ code: `A${twoDigits(i + 1)}`, name, kind: '處' as const, parent: '' })),
    ...bureaux.map((name, i) => ({ code: `B${twoDigits(i + 1)}`, name, kind: '局' as const, parent: '' })),
    ...townshipOffices.map((name, i) => ({ code: `T${twoDigits(i + 1)}`, name, kind: '鄉鎮公所' as const, parent: '' })),
  ]
  const codeOf = (name: string): string => tops.find((unit) => unit.name === name)!.code
  const below = tops.flatMap(({ code, name }) => (sections[name] ?? []).map((section, i) => ({ code: `${code}${twoDigits(i + 1)}`, name: section, kind: '科' as const, parent: code })))
  const besides = agencies.map(([name, parent], i) => ({ code: `C${twoDigits(i + 1)}`, name, kind: '所屬機關' as const, parent: codeOf(parent) }))
  return [...tops, ...below, ...besides]
}

/** Code of a unit by its name. Throws for a name that is not there, so that a slip in the letters is found at once. */
export function unitCode(name: string): string {
  const unit = demoUnits.find((each) => each.name === name)
  if (!unit) throw new Error(`the demonstration county has no ${name}`)
  return unit.code
}

export const unitName = (code: string): string => demoUnits.find((unit) => unit.code === code)!.name

export const unitKind = (code: string): DemoUnit['kind'] => demoUnits.find((unit) => unit.code === code)!.kind
