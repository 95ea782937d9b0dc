import { type Day, rocLongDay } from '../core/time.ts'
import { type Place, fill } from './places.ts'
import type { Random } from './random.ts'
import type { Matter } from './topics/index.ts'
import { unitKind, unitName } from './units.ts'

export type Letter = { subject: string; body: string; /** indexes into the matter's questions, in the order asked */ asked: number[] }

const greetings = ['縣長您好：', '您好：', '敬愛的縣長：', '承辦人員您好：', '縣府團隊好：', '']
const openers = ['', '', '', '', '我是{鎮}的居民。', '第一次寫信，如果有不清楚的地方請見諒。', '之前曾經打電話反映過。', '家人都說反映沒有用，但我還是想試試看。']
const reflections = [
  '我知道縣府的業務很多，但這件事每天都影響到附近的住戶，鄰居們討論之後，決定由我代表寫這封信。',
  '這不是第一次發生，前年也有類似的情形，當時處理之後好了一陣子，最近又開始了，希望這次可以徹底解決。',
  '寫這封信不是要責怪誰，只是覺得我們生活的地方可以更好。如果有需要居民配合的地方，也請告訴我們。',
  '我把照片和地點都整理好了，如果承辦人員要到現場，也可以事先聯絡，我可以帶路說明。',
]
const closings = ['謝謝。', '感謝您的協助。', '麻煩了，謝謝。', '期待您的回覆。', '以上建議，敬請參考。', '辛苦了。']
const numerals = ['一', '二', '三', '四', '五']

/** A letter about the matter at that place. Of matters with questions, two in five ask some of them by number. */
export function writeLetter(matter: Matter, place: Place, random: Random): Letter {
  const say = (template: string): string => fill(template, place, random)
  const asked = matter.questions && random.chance(0.4) ? random.some(matter.questions.map((_, i) => i), random.int(2, 3)) : []
  const questions = asked.map((index, i) => `${numerals[i]}、${matter.questions![index]![0]}`).join('\n')
  const mores = random.some(matter.mores, random.int(1, 2)).map(say).join('')
  const parts = [
    random.pick(greetings),
    say(random.pick(openers)) + say(random.pick(matter.tells)) + mores,
    random.chance(0.3) ? random.pick(reflections) : '',
    say(random.pick(matter.wishes)) + (questions ? `另外想請問：\n${questions}` : ''),
    random.pick(closings),
  ]
  return { subject: say(random.pick(matter.subjects)), body: parts.filter(Boolean).join('\n\n'), asked }
}

/** Spoken: what the clerk wrote down and read back. */
export function oralRecord(matter: Matter, place: Place, random: Random): Letter {
  const say = (template: string): string => fill(template, place, random)
  const body = `民眾口述：${say(random.pick(matter.tells))}${say(random.pick(matter.mores))}希望：${say(random.pick(matter.wishes))}\n\n（紀錄經朗讀，陳情人無異議）`
  return { subject: say(random.pick(matter.subjects)), body, asked: [] }
}

type About = { unit: string; receivedOn: Day }

/** The office's answer: what it found, each question in its order, whom to call. `unit` is a code. */
export function writeAnswer(matter: Matter, letter: Letter, { unit, receivedOn }: About, random: Random): string {
  const replies = letter.asked.map((index, i) => `${numerals[i]}、有關「${matter.questions![index]![0].replace(/？$/, '')}」：${matter.questions![index]![1]}`)
  return signed(unit, [
    `您於${rocLongDay(receivedOn)}反映「${letter.subject}」一案，${inOffice(unit)}答復如下：`,
    random.pick(matter.answers),
    replies.join('\n'),
    `如仍有疑問，請電洽${inOffice(unit)}（082-000-000 轉 ${100 + (Number(unit.replace(/\D/g, '')) % 80)}）。感謝您對縣政的關心，敬祝平安。`,
  ])
}

/** A letter of few words: passed on, not acted upon, taken as an application. */
export function writeNotice(letter: Letter, unit: string, sentence: string): string {
  return signed(unit, [`您反映「${letter.subject}」一案，${sentence}`])
}

function signed(unit: string, paragraphs: string[]): string {
  const office = unitKind(unit) === '鄉鎮公所' ? unitName(unit) : unitKind(unit) === '所屬機關' ? `示範縣${unitName(unit)}` : `示範縣政府${unitName(unit)}`
  return ['您好：', ...paragraphs.filter(Boolean), `${office}　敬上`].join('\n\n')
}

const inOffice = (unit: string): string => (unitKind(unit) === '鄉鎮公所' || unitKind(unit) === '所屬機關' ? unitName(unit) : `本府${unitName(unit)}`)
