import type { Caller, StaffContext } from '../../core/act.ts'
import type { Tx } from '../../core/db.ts'
import { valueOf } from '../../core/errors.ts'
import { addDays, type Day, dayOf, parseInstant, rocYear, startOf } from '../../core/time.ts'
import { writeThen } from '../../core/write-then.ts'
import { findProgrammeState } from './programme.ts'
import { holdForum, keepEdition, noteOpinion, publishEdition, publishForum, startProgramme, writeText } from './acts.ts'
import { addProject, changeProject } from './projects.ts'
import { headings, type OpinionResult, type ReviewStep, townships } from './schema.ts'
import type { StepAct } from '../../core/procedure/take-step.ts'
import './tables.ts'

type Forum = { on: string; heldOn: Day; township: (typeof townships)[number]; place: string; subject: string; attendance: number; opinions: [number, string, OpinionResult, string][] }

const forums: Forum[] = [
  { on: '110/8/17', heldOn: '2021-08-14' as Day, township: '金城鎮', place: '示範文化園區演藝廳', subject: '第六期方案座談會（大金門場）', attendance: 86, opinions: [
    [7, '希望增加尖峰時段的公車班次，並改善轉乘資訊。', 'adopted', '列入交通建設「大眾運輸整合」，112 年度起辦理。'], [8, '醫療後送的等待時間太長。', 'partly', '直升機坪列入醫療建設；人力部分由衛生局另案辦理。'], [9, '古厝民宿應有總量管制。', 'elsewhere', '由觀光處研修自治規則辦理，不列入本方案。'],
  ] },
  { on: '110/8/24', heldOn: '2021-08-21' as Day, township: '烈嶼鄉', place: '示範鄉公所禮堂', subject: '第六期方案座談會（烈嶼場）', attendance: 41, opinions: [[3, '大橋通車後的停車空間不足。', 'adopted', '列入基礎建設「烈嶼停車場」。'], [11, '希望增設日照中心。', 'adopted', '列入社會福利建設，113 年度興建。']] },
]

const stateOfText: Record<string, string> = {
  期初報告版: '工作構想與蒐集資料的範圍。', 期中報告版: '各部門課題、初步目標與計畫構想，分年財務計畫研擬中。', 期末報告版: '盤點前期成果與民眾意見，訂定 112 至 115 年的目標、項目與分工，按年檢討。',
}

/** The sixth term (112–115) from its beginning to its approval; the interim report was reviewed on 110-09-27. */
export async function draftSixth(control: Caller, steps: Record<string, StepAct>): Promise<void> {
  const { db } = control
  if (await db.selectFrom('programmes').select('id').executeTakeFirst()) return
  const at = <T>(when: string, run: (tx: Tx, ctx: StaffContext) => Promise<T>) => writeThen(db, parseInstant(`${when} 15:00`)!, control.person!, run)
  const unit = async (tx: Tx, name: string) => (await tx.selectFrom('units').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id
  const { number: name } = await at('110/1/20', async (tx, ctx) => valueOf(await startProgramme.within(tx, ctx, { term: 6, fromYear: 112, aim: '以永續海島、宜居家園、友善旅遊為方向，補足基本公共服務，讓年輕人留得住、長輩住得安心。' })))
  const take = (step: string, when: string, answers: Record<string, string | number> = {}) => at(when, async (tx, ctx) => valueOf(await steps[step]!.within(tx, ctx, { name, on: ctx.today, documentNo: '', note: '', ...answers })))
  /** a review with its meeting, where one was held that day */
  const review = (step: ReviewStep, when: string, label: string, answers: Record<string, string>) => at(when, async (tx, ctx) => {
    const { meetings, editions } = await findProgrammeState(tx, null, name)
    const link = { meeting: meetings.find(({ heldOn }) => heldOn === ctx.today)?.number ?? '', edition: String(editions.find((one) => one.label === label)?.edition ?? '') }
    valueOf(await steps[step]!.within(tx, ctx, { name, on: ctx.today, documentNo: '', note: '', ...link, ...answers }))
  })
  const keep = (when: string, label: string, more: (tx: Tx, ctx: StaffContext) => Promise<void> = async () => {}) => at(when, async (tx, ctx) => {
    for (const [i, heading] of headings.entries()) valueOf(await writeText.within(tx, ctx, { name, heading: i + 1, text: `${heading}：${stateOfText[label]!}` }))
    await more(tx, ctx)
    return valueOf(await keepEdition.within(tx, ctx, { name, label }))
  })
  await keep('110/3/2', '期初報告版')
  await review('initial-review', '110/3/10', '期初報告版', { result: 'passed-amended', opinions: '補充人口推估與前期檢討。' })
  for (const forum of forums) {
    await at(forum.on, async (tx, ctx) => {
      const { number } = valueOf(await holdForum.within(tx, ctx, { name, heldOn: forum.heldOn, township: forum.township, place: forum.place, subject: forum.subject, attendance: forum.attendance }))
      for (const [heading, text, result, reply] of forum.opinions) valueOf(await noteOpinion.within(tx, ctx, { name: number, opinion: undefined, heading, text, result, reply }))
      valueOf(await publishForum.within(tx, ctx, { name: number, public: 'yes' }))
    })
  }
  await keep('110/9/17', '期中報告版')
  await review('interim-review', '110/9/27', '期中報告版', { result: 'passed-amended', opinions: '各部門計畫應與分年財務計畫一致。' })
  await keep('110/12/1', '期末報告版', async (tx, ctx) => {
    for (const [heading, title, unitName, money, township] of projects) valueOf(await addProject.within(tx, ctx, { name, heading, title, unitId: await unit(tx, unitName), township: township ?? null, summary: `${title}，四年分期完成。`, money }))
  })
  await review('final-review', '110/12/20', '期末報告版', { result: 'passed', opinions: '' })
  await take('consult', '111/1/10', { authorities: '交通、醫療及文化等中央主管機關', opinions: '均無修正意見。' })
  await take('hearing', '111/2/18', { place: '示範縣議會簡報室', attendance: 63, opinions: '支持方案；建議增列災害防救演練。已納入第十二款。' })
  await take('submit', '111/3/25')
  await take('committee-passed', '111/7/13')
  await take('approved', '111/11/30')
  await at('111/12/5', async (tx, ctx) => {
    const { edition } = valueOf(await keepEdition.within(tx, ctx, { name, label: '核定版' }))
    valueOf(await publishEdition.within(tx, ctx, { name, edition, public: 'yes' }))
  })
  await take('rolling', '112/9/20', { result: '各計畫依期程推動，碼頭計畫順延一年。' })
}

const projects: [number, string, string, string, (typeof townships)[number]?][] = [
  [3, '烈嶼停車場', '工務處', '112 離島建設基金 4,000萬\n113 離島建設基金 3,000萬\n113 縣款 1,000萬', '烈嶼鄉'], [7, '大眾運輸整合', '公共車船管理處', '112 中央補助 6,000萬\n113 中央補助 5,000萬\n114 縣款 2,000萬'], [8, '醫療後送直升機坪', '衛生局', '112 離島建設基金 8,000萬\n113 縣款 2,000萬'],
  [9, '旅遊服務中心更新', '觀光處', '113 離島建設基金 5,000萬\n114 縣款 1,500萬'], [11, '烈嶼日照中心', '社會處', '113 中央補助 7,000萬\n114 縣款 3,000萬', '烈嶼鄉'], [6, '文化園區修復', '文化局', '112 中央補助 9,000萬\n114 離島建設基金 6,000萬\n115 縣款 2,000萬'],
]

/** The term after the one in force, being drafted today: reviewed once, a forum held with one opinion still to be answered, half of its headings written. */
export async function draftNext(control: Caller, now: Date, steps: Record<string, StepAct>): Promise<void> {
  const { db } = control
  const last = await db.selectFrom('programmes').select(['term', 'to_year as to']).orderBy('term', 'desc').executeTakeFirst()
  const year = rocYear(dayOf(now))
  if (!last || last.to < year || last.to > year + 1) return
  const at = <T>(ago: number, run: (tx: Tx, ctx: StaffContext) => Promise<T>) => writeThen(db, new Date(startOf(addDays(dayOf(now), -ago)).getTime() + 54_000_000), control.person!, run)
  const { number: name } = await at(120, async (tx, ctx) => valueOf(await startProgramme.within(tx, ctx, { term: last.term + 1, fromYear: last.to + 1, aim: '承接前期成果，以韌性基礎建設、在地照護與低碳生活為主軸，讓島上的人住得安心、留得下來。' })))
  await at(45, async (tx, ctx) => valueOf(await steps['initial-review']!.within(tx, ctx, { name, on: ctx.today, documentNo: '', note: '', result: 'passed-amended', opinions: '請補充前期執行檢討與人口推估。' })))
  await at(20, async (tx, ctx) => {
    for (const [i, heading] of headings.slice(0, 8).entries()) valueOf(await writeText.within(tx, ctx, { name, heading: i + 1, text: `${heading}：盤點前期執行情形，蒐集各單位需求，初稿研擬中。` }))
  })
  await at(15, async (tx, ctx) => {
    const ids: number[] = []
    for (const [heading, title, unitName, money, township] of nextProjects(last.to + 1)) {
      const { id: unitId } = await tx.selectFrom('units').select('id').where('name', '=', unitName).executeTakeFirstOrThrow()
      ids.push(valueOf(await addProject.within(tx, ctx, { name, heading, title, unitId, township: township ?? null, summary: `${title}，初步需求，期中報告前確認。`, money })).id)
    }
    valueOf(await changeProject.within(tx, ctx, { name, project: ids[0]!, money: `${last.to + 1} 離島建設基金 3,500萬\n${last.to + 2} 離島建設基金 2,500萬`, why: '期初報告審查意見：首年設計、次年施工' }))
  })
  await at(12, async (tx, ctx) => {
    const { number } = valueOf(await holdForum.within(tx, ctx, { name, heldOn: addDays(ctx.today, -2), township: '金湖鎮', place: '示範社區活動中心', subject: `第${last.term + 1}期方案座談會（金湖場）`, attendance: 52 }))
    valueOf(await noteOpinion.within(tx, ctx, { name: number, opinion: undefined, heading: 7, text: '希望增加夜間公車班次，讓下課的學生回得了家。', result: 'adopted', reply: '列入交通建設，與公共車船管理處研擬夜間班次。' }))
    valueOf(await noteOpinion.within(tx, ctx, { name: number, opinion: undefined, heading: 8, text: '偏遠村里的巡迴醫療次數太少。', result: 'open', reply: '' }))
  })
}

/** What the units asked for so far, by the years of the term. */
const nextProjects = (from: number): typeof projects => [
  [3, '烈嶼碼頭候船空間', '工務處', `${from} 離島建設基金 6,000萬`, '烈嶼鄉'], [7, '低碳公車汰換', '公共車船管理處', `${from} 中央補助 4,000萬\n${from + 1} 中央補助 4,000萬\n${from + 1} 縣款 1,000萬`],
  [8, '遠距醫療服務站', '衛生局', `${from + 1} 離島建設基金 1,800萬\n${from + 2} 縣款 600萬`, '烏坵鄉'], [11, '金湖長照服務據點', '社會處', `${from} 中央補助 2,500萬\n${from + 2} 縣款 900萬`, '金湖鎮'],
]
