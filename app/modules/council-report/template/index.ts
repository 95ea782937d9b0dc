import { readFileSync } from 'node:fs'

/** A section as a new report starts with it: officers change the text as they like. */
export interface SectionTemplate {
  /** s01 to s15, closing */
  key: string
  no: string
  title: string
  /** the section of the Administration Department (行政處) that drafts and confirms it; 行政處 itself for the closing chapter */
  unitName: OwningUnit
  text: string
}

export type OwningUnit = '綜合規劃科' | '管制考核科' | '法制科' | '採購科' | '文書科' | '資訊科' | '為民服務科' | '行政處'

export const coverTemplate = { title: '行政處業務報告', department: '行政處' } as const

export const sectionTemplates: readonly SectionTemplate[] = [
  section('01', '綜合建設方案與施政計畫', '綜合規劃科'),
  section('02', '跨單位協調與地方發展', '綜合規劃科'),
  section('03', '施政管考與執行成效', '管制考核科'),
  section('04', '自治法規的制定與修正', '法制科'),
  section('05', '訴願、國家賠償與消費爭議', '法制科'),
  section('06', '法律扶助與諮詢', '法制科'),
  section('07', '縣務會議與主管會報', '管制考核科'),
  section('08', '人民陳情與為民服務', '為民服務科'),
  section('09', '集中辦理採購', '採購科'),
  section('10', '電子採購與公開閱覽', '採購科'),
  section('11', '政府資訊公開', '資訊科'),
  section('12', '網路 e 櫃台與便民服務', '資訊科'),
  section('13', '電子公文與線上簽核', '文書科'),
  section('14', '智慧應用與大數據平台', '資訊科'),
  section('15', '雲端主機與資訊安全', '資訊科'),
]

export const closingTemplate: SectionTemplate = { key: 'closing', no: '', title: '未來施政目標與展望', unitName: '行政處', text: textOf('closing') }

function section(no: string, title: string, unitName: OwningUnit): SectionTemplate {
  return { key: `s${no}`, no, title, unitName, text: textOf(no) }
}

function textOf(name: string): string {
  return readFileSync(new URL(`./${name}.md`, import.meta.url), 'utf8')
}
