import type { Caller } from '../../core/act.ts'
import { valueOf } from '../../core/errors.ts'
import { stepActs } from '../../core/procedure/take-step.ts'
import { addDays, type Day, dayOf, rocDay, rocYear, startOf } from '../../core/time.ts'
import { addItem, addPlan, addProgramme } from './register.ts'
import { addEvidence, procedure } from './steps.ts'
import './tables.ts'

type Who = { editor: Caller; /** of the unit that leads */ officer: Caller; /** of a unit that helps */ helper: Caller }

const items = [
  { plan: '颱風災損商家復業', title: '受損店面修繕補助', target: '補助受損店面修繕費用一半，每戶最高 5 萬元。', stage: 'running', report: { progress: '35', applications: '42', approved: '30', spent: '1260000' } },
  { plan: '颱風災損商家復業', title: '市集攤位重建', target: '三處市集恢復營業。', stage: 'concurring', report: { progress: '95', applications: '18', approved: '18', spent: '820000' } },
  { plan: '地方稅與規費協助', title: '受災戶道路使用規費減免', target: '符合資格者全數減免。', stage: 'done', report: { progress: '100', applications: '65', approved: '65', forgone: '97500' } },
] as const

/** A programme of today, after a typhoon: one item at work, one that waits for a joint unit, one done. A programme that is there already is left alone. */
export async function relieveSome({ editor, officer, helper }: Who, now: Date): Promise<void> {
  const year = rocYear(dayOf(now))
  const title = `${year}年度颱風災後產業復原方案`
  if (await editor.db.selectFrom('relief_programmes').select('id').where('title', '=', title).executeTakeFirst()) return
  const acts = stepActs(procedure)
  const on = (caller: Caller, ago: number): Caller => ({ ...caller, now: new Date(Math.min(startOf(addDays(dayOf(now), -ago)).getTime() + 36_000_000, now.getTime())) })
  const said = (ago: number): { on: string } => ({ on: rocDay(addDays(dayOf(now), -ago)) })
  const { programme } = valueOf(await addProgramme(on(editor, 60), { year: String(year), title, basis: '示範縣政府災後復原會議決議' }))
  const plans = new Map<string, number>()
  for (const plan of new Set(items.map((item) => item.plan))) plans.set(plan, valueOf(await addPlan(on(editor, 60), { programme, title: plan })).id)
  const finishOn: Day = addDays(dayOf(now), 40)
  for (const { plan, title: of, target, stage, report } of items) {
    const { number: name } = valueOf(await addItem(on(editor, 58), { plan: plans.get(plan), title: of, summary: '', target, targetCount: '', budgetTwd: '', unitId: officer.person!.posts[0]!.unitId, joint: [helper.person!.posts[0]!.unitId], startOn: rocDay(addDays(dayOf(now), -58)), finishOn: rocDay(finishOn) }))
    valueOf(await acts.report!(on(officer, 12), { name, ...said(12), source: '核定清冊', ...report }))
    if (stage === 'running') continue
    valueOf(await addEvidence(on(officer, 8), { name, kind: 'list', documentNo: `府工字第${year}0012345號`, note: '核定清冊', files: [] }))
    valueOf(await acts['ask-concurrence']!(on(officer, 7), { name, ...said(7) }))
    if (stage === 'concurring') continue
    valueOf(await acts.concur!(on(helper, 5), { name, ...said(5), unit: String(helper.person!.posts[0]!.unitId) }))
    valueOf(await acts.finish!(on(officer, 4), { name, ...said(4) }))
  }
}
