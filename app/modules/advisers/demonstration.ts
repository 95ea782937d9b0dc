import type { Caller } from '../../core/act.ts'
import { valueOf } from '../../core/errors.ts'
import { stepActs } from '../../core/procedure/take-step.ts'
import { addDays, type Day, dayOf, rocDay, startOf } from '../../core/time.ts'
import { appoint, takeDown } from './register.ts'
import { procedure } from './steps.ts'
import './tables.ts'

type Who = { editor: Caller; /** of the unit that answers */ officer: Caller }

/** Invented names. Two of today's terms end soon; earlier ones are over. */
const people = [
  ['adviser', '顧示範甲', '示範大學教授', '離島交通', -700, 400], ['adviser', '顧示範乙', '示範建築師事務所', '聚落保存', -690, 40], ['adviser', '顧示範丙', '示範醫院顧問醫師', '長期照顧', -300, 430],
  ['county-people', '鄉示範甲', '示範同鄉會理事長', '旅外鄉親聯繫', -500, 230], ['county-people', '鄉示範乙', '示範基金會董事', '青年返鄉', -710, 20],
] as const
const before = [['adviser', '顧示範丁', '示範規劃公司', '地方創生', '110/1/1', '111/12/31'], ['county-people', '鄉示範丙', '示範同鄉會理事', '返鄉交通', '110/1/1', '111/12/31']] as const

/** Appointments and suggestions at each stage. What is there already is left alone. */
export async function adviseSome({ editor, officer }: Who, now: Date): Promise<void> {
  if (await editor.db.selectFrom('advisers').select('id').limit(1).executeTakeFirst()) return
  const acts = stepActs(procedure)
  const today = dayOf(now)
  const on = (caller: Caller, day: Day): Caller => ({ ...caller, now: new Date(Math.min(startOf(day).getTime() + 36_000_000, now.getTime())) })
  const ids: number[] = []
  for (const [kind, name, title, field, from, until] of people) ids.push(valueOf(await appoint(on(editor, addDays(today, from)), { kind, name, title, field, fromOn: rocDay(addDays(today, from)), untilOn: rocDay(addDays(today, until)) })).id)
  const old: number[] = []
  for (const [kind, name, title, field, fromOn, untilOn] of before) old.push(valueOf(await appoint(editor, { kind, name, title, field, fromOn, untilOn })).id)
  const unit = officer.person!.posts[0]!.unitName
  const suggest = async (adviser: number, said: Day, title: string, body: string) => valueOf(await takeDown(on(editor, said > today ? today : said), { adviser, title, body, on: rocDay(said) })).number
  const step = async (id: string, who: Caller, day: Day, more: object, name: string) => valueOf(await acts[id]!(on(who, day), { name, on: rocDay(day), ...more }))
  // the half-year of the council's report: two that were answered
  for (const [i, [title, body]] of ([['返鄉船班加開夜航', '連假前後旅外鄉親訂不到位，建議加開夜航並提早公布班表。'], ['老宅修繕有專人說明', '修繕補助的表格太多，建議有一個窗口從頭說明。']] as const).entries()) {
    const said = `2021-0${6 + i}-15` as Day
    const name = await suggest(old[i]!, said, title, body)
    await step('assign', editor, addDays(said, 2), { unit, due: rocDay(addDays(said, 30)) }, name)
    await step('reply', officer, addDays(said, 21), { result: i ? 'adopted' : 'partly', reply: i ? '已設單一窗口，每週二、四下午現場說明。' : '連假前一日加開一班；夜航待港區照明改善後再評估。' }, name)
  }
  await suggest(ids[0]!, addDays(today, -3), '港區接駁車與船班銜接', '船班到港後常要等半小時才有車，建議依船班調整發車時間。')
  const waiting = await suggest(ids[3]!, addDays(today, -40), '旅外青年返鄉租屋資訊', '返鄉青年找不到合適租屋，建議整合閒置房舍資訊。')
  await step('assign', editor, addDays(today, -38), { unit, due: rocDay(addDays(today, -6)) }, waiting)
  const running = await suggest(ids[1]!, addDays(today, -12), '聚落巷道路面用在地石材', '聚落裡的柏油路面和老屋不搭，建議改用在地石材。')
  await step('assign', editor, addDays(today, -10), { unit, due: rocDay(addDays(today, 20)) }, running)
  await step('progress', officer, addDays(today, -4), { note: '已會同文化局勘查兩處巷道。' }, running)
}
