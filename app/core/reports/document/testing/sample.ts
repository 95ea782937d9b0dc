import { day } from '../../../time.ts'
import type { ReportSource } from '../compose.ts'
import type { Part } from '../format.ts'
import type { FigureAnswer, Resolver } from '../resolver.ts'
import type { Vocabulary } from '../text/source.ts'
import { drawnPng } from './picture.ts'

// An invented report that has one of everything, for the tests and for looking at.

const months = ['04', '05', '06', '07', '08', '09']
const received = [61, 72, 81, 66, 70, 57]
const closed = [61, 72, 80, 66, 70, 56]
const units = ['工務處', '建設處', '觀光處', '社會處', '環境保護局', '警察局', '衛生局', '地政局', '烈嶼鄉公所', '行政處']
const byUnit = [96, 71, 52, 45, 44, 33, 27, 21, 12, 6]

export const sampleVocabulary: Vocabulary = {
  figures: new Map([
    ['petitions.received', { title: '三信箱收件數', kind: 'flow' }],
    ['petitions.closed', { title: '其中已結案', kind: 'cohort' }],
    ['petitions.closed_rate', { title: '結案率', kind: 'rate' }],
    ['plans.annual.requested_twd', { title: '先期作業提報經費', kind: 'flow' }],
    ['plans.programme.interim_report_review_on', { title: '期中報告審查日', kind: 'date' }],
    ['control.major_by_status', { title: '重大施政計畫辦理情形', kind: 'breakdown' }],
    ['meetings.executive', { title: '主管會報', kind: 'flow' }],
  ]),
  pictures: new Set(['p1']),
}

const answer = (id: string, more: Partial<FigureAnswer>): FigureAnswer => {
  const known = sampleVocabulary.figures.get(id)!
  return {
    title: known.title, kind: known.kind, unit: '', value: null, definition: `「${known.title}」的定義一句。`, source: 'none', url: null, typed: null, ...more,
  }
}

export const sampleAnswers: Record<string, FigureAnswer> = {
  'petitions.received': answer('petitions.received', { value: 407, unit: '件', source: 'cases', url: '/reports/sample/figures/petitions.received' }),
  'petitions.closed': answer('petitions.closed', { value: 405, unit: '件', source: 'cases', url: '/reports/sample/figures/petitions.closed' }),
  'petitions.closed_rate': answer('petitions.closed_rate', { value: 0.9951, source: 'cases', url: '/reports/sample/figures/petitions.closed_rate' }),
  'plans.annual.requested_twd': answer('plans.annual.requested_twd', {
    value: 9_712_345_678, unit: '元', source: 'typed', typed: { by: '試 <一>', at: new Date('2021-11-02T01:05:00Z') },
  }),
  'plans.programme.interim_report_review_on': answer('plans.programme.interim_report_review_on', { value: '2021-09-27', source: 'cases' }),
  'control.major_by_status': answer('control.major_by_status', {
    value: [{ key: 'on-time', label: '如期', value: 31 }, { key: 'late', label: '落後', value: 4 }, { key: 'done', label: '完成', value: 9 }], unit: '案', source: 'balance',
  }),
  'meetings.executive': answer('meetings.executive', { unit: '次' }),
}

export const sampleResolver: Resolver = {
  figure: async (id) => sampleAnswers[id]!,
  breakdown: async (id, by): Promise<Part[] | null> => {
    const values = id === 'petitions.received' ? received : closed
    if (by === 'month') return months.map((month, i) => ({ key: `2021-${month}`, label: `110年${+month}月`, value: values[i]! }))
    if (by === 'unit') return units.map((label, i) => ({ key: `u${i}`, label, value: byUnit[i]! - (id === 'petitions.received' || i > 1 ? 0 : 1) }))
    return null
  },
  picture: async () => ({
    sha256: '0'.repeat(64), mediaType: 'image/png', width: 480, height: 270, url: null, bytes: drawnPng(480, 270),
  }),
}


export const awkwardText =
  '奇字測試：#import "x"、*星*、_底線_、$數學$、@標籤、<標籤>、`碼`、//註、&amp; & "引號"、\\#、[方]、~、中文陶堃與𠮷、\u0000零\u202e反向\u2066尾、{單}、=等號。'

export const sampleSource: ReportSource = {
  cover: {
    council: '風島縣議會', session: '第七屆第六次定期會', title: '行政處業務報告', county: '風島縣政府', department: '行政處',
    reporter: '處長 試甲', participants: ['副處長 試乙', '綜合規劃科科長 試丙', '為民服務科科長 試丁'], periodText: '110年4月至9月',
  },
  sections: [
    {
      key: 's01', no: '01', title: '綜建方案與施政計畫', unitName: '綜合規劃科', state: 'locked',
      text: `第六期方案的期中報告於 {{plans.programme.interim_report_review_on|月日}} 審查。\n\n各單位提報經費 {{plans.annual.requested_twd|億}}，主管會報召開 {{meetings.executive}}。\n\n::圖表 control.major_by_status 標題=重大施政計畫辦理情形\n\n::圖表 meetings.executive 依=月 標題=各月主管會報\n\n${awkwardText}`,
    },
    {
      key: 's08', no: '08', title: '陳情處理與為民服務', unitName: '為民服務科', state: 'drafting',
      text: [
        '{{期間}}經縣長電子信箱、院長電子信箱與總統信箱受理 {{petitions.received}}，至{{資料截止日}}已結案 {{petitions.closed}}，結案率 **{{petitions.closed_rate}}**。',
        '', '::圖表 petitions.received petitions.closed 依=月 樣式=長條 標題=各月收件與結案',
        '', '## 各單位', '- 第一層', '  - 第二層：{{petitions.received|數字}} 件', '- 另一項',
        '', '::表格 petitions.received petitions.closed 依=單位 標題=各單位收件與結案', '', '::圖表 petitions.received 依=單位 標題=各單位收件數',
        '', '> 有話直說，限期回復。', '', '::標題 處理期限', '| 案件 | 期限（日） |', '|---|---:|', '| 一般陳情 | 30 |', '| 檢舉 | 60 |',
        '', '::圖片 p1 標題=縣長信箱受理情形 說明=服務臺前的信箱',
      ].join('\n'),
    },
  ],
  closing: { key: 'closing', no: '', title: '未來施政目標與展望', unitName: '行政處', state: 'confirmed', text: '## 貼近民意\n\n- 追蹤每一件陳情。\n- 讓每一個數字都打得開。' },
  standing: {
    from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: new Date('2021-11-05T08:30:00Z'),
    checkpoint: '3f2a9c55b1d04e7788aa16e2f0c4d9b87e6a5f4c3b2d1e0f9a8b7c6d5e4f3a2b', state: 'draft', issuedAt: null, issuedBy: null, demonstration: true,
  },
}
