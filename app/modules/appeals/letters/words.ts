import { type Day, rocLongDay, weekday } from '../../../core/time.ts'
import type { LetterKind } from '../schema.ts'

const on = (day: Day): string => `${rocLongDay(day)}（星期${weekday(day)}）`

/** What a letter is about. */
export type About = { number: string; title: string; agency: string; county: string }

/** What a letter says besides what it is about; each kind uses some of it. */
export type Said = { note?: string | null; asked?: string | undefined; dueOn?: Day | null; reasons?: readonly string[]; authority?: string | undefined; meeting?: string | null; refused?: boolean; /** the county's own answer to an appeal against it */ defence?: string; /** 在途期間 added to the twenty days */ travelDays?: number; /** the agency that it turned out to be */ recalled?: string; /** the stay has ended */ ended?: boolean; /** the county has revoked or changed its own disposition */ revised?: boolean; followNo?: string; code?: string; followUrl?: string }

const why = (reasons: readonly string[] | undefined): string => (reasons?.length ? `\n\n期限怎麼算\n${reasons.map((line) => `・${line}`).join('\n')}` : '')
const because = (note: string | null | undefined): string => (note ? `\n\n理由：${note}` : '')

/** Subject and text of a letter, in the office's words; the signature is put below by the sender. */
export function letterOf(kind: LetterKind, about: About, said: Said): { subject: string; text: string } {
  const { number, title, agency, county } = about
  const matter = `您${title.startsWith('因') ? title : `因「${title}」`}提起的訴願（案號 ${number}）`
  const name = (subject: string) => `${subject}：${title}（${number}）`
  switch (kind) {
    case 'acknowledgement':
      return { subject: name('收到您的訴願'), text: `${matter}，${county}已經收到。${said.dueOn ? `依目前的資料，最晚在${on(said.dueOn)}作成決定。` : ''}${said.followNo ? `\n\n追蹤號碼：${said.followNo}${said.code ? `\n追蹤碼：${said.code}` : ''}\n${said.followUrl ?? ''}\n請保存這兩組號碼，用來查進度、補正、補充理由或撤回。` : ''}${said.note ? `\n\n${said.note}` : ''}${why(said.reasons)}` }
    case 'correction':
      return { subject: name('請補正'), text: `${matter}，下列事項不合法定程式，請於文到之次日起二十日內${said.travelDays ? `（另加在途期間 ${said.travelDays} 日，訴願法第 16 條）` : ''}補正（訴願法第 62 條、審議規則第 7 條）：\n\n${said.asked ?? ''}\n\n逾期不補正者，依訴願法第 77 條第 1 款為不受理之決定。` }
    case 'forwarding':
      if (said.recalled) return { subject: name('前函請答辯，請免再辦理'), text: `訴願案件「${title}」（案號 ${number}）前函請${agency}答辯。經查原處分機關是${said.recalled}，已另函該機關；前函請免再辦理，已附具的文件由本府併卷。` }
      return { subject: name('函請答辯'), text: `檢送訴願人就「${title}」提起之訴願書影本（案號 ${number}），請依訴願法第 58 條第 2 項至第 4 項規定，於文到之次日起二十日內重新審查：自行撤銷或變更原處分者，陳報本府；否則附具答辯書及必要之關係文件送府，並將答辯書抄送訴願人。${because(said.note)}` }
    case 'reminder':
      return { subject: name('函催答辯'), text: `訴願案件「${title}」（案號 ${number}）之答辯期間已經屆滿，請儘速附具答辯書及必要之關係文件送府（審議規則第 6 條第 2 項）。逾期不答辯而事實未臻明確者，本府得依審議規則第 26 條第 2 項逕為決定或逕行撤銷原處分。${because(said.note)}` }
    case 'extension':
      return { subject: name('延長決定期間'), text: `${matter}，依訴願法第 85 條第 1 項延長決定期間${said.dueOn ? `，最晚在${on(said.dueOn)}作成決定` : ''}。${because(said.note)}${why(said.reasons)}` }
    case 'transfer':
      if (said.defence) return { subject: name('答辯並送訴願管轄機關'), text: `${matter}，原處分機關是${county}，由${said.authority ?? '訴願管轄機關'}決定。${county}已附具答辯書，將全案送${said.authority ?? '該機關'}（訴願法第 58 條第 3 項）；答辯書如下（第 4 項）：\n\n${said.defence}${because(said.note)}` }
      if (said.revised) return { subject: name('自行撤銷或變更原處分'), text: `${matter}，${county}重新審查後，已自行撤銷或變更原處分，並陳報${said.authority ?? '訴願管轄機關'}（訴願法第 58 條第 2 項）。${because(said.note)}` }
      return { subject: name('移送管轄機關'), text: `${matter}，依訴願法的管轄規定由${said.authority ?? '管轄機關'}受理，本府已將全案移送。提起訴願的日期不受影響，您不必重新提起。${because(said.note)}` }
    case 'suspension':
      return { subject: name('停止審理'), text: `${matter}，依訴願法第 86 條第 1 項停止訴願程序之進行。${because(said.note)}` }
    case 'resumption':
      return { subject: name('續行審理'), text: `${matter}，停止的原因已經消滅，續行審理${said.dueOn ? `，最晚在${on(said.dueOn)}作成決定（訴願法第 86 條第 2 項）` : ''}。${why(said.reasons)}` }
    case 'participation':
      return { subject: name('參加訴願'), text: `訴願案件「${title}」（案號 ${number}，原處分機關${agency}）與您的權益有關，${county}依訴願法第 28 條通知或允許您參加訴願程序，您可以用書面表示意見。${because(said.note)}` }
    case 'inspection':
      return { subject: name(said.refused ? '閱卷的請求不能同意' : '通知閱卷'), text: said.refused ? `${matter}，您請求閱覽卷宗，本府不能同意。${because(said.note)}` : `${matter}，您請求閱覽卷宗，請依下列時間地點到場：\n\n${said.meeting ?? ''}${said.note ? `\n\n${said.note}` : ''}` }
    case 'hearing':
      return { subject: name(said.refused ? '陳述意見的申請' : '通知到場'), text: said.refused ? `${matter}，您申請到場陳述意見，本府認為沒有必要。${because(said.note)}` : `訴願案件「${title}」（案號 ${number}），請依下列時間地點到場：\n\n${said.meeting ?? ''}${said.note ? `\n\n${said.note}` : ''}` }
    case 'restitution':
      return { subject: name(said.refused ? '回復原狀的申請不能准許' : '准予回復原狀'), text: said.refused ? `${matter}，您申請回復原狀（訴願法第 15 條），本府不能准許。${because(said.note)}` : `${matter}，您申請回復原狀，本府已經准許（訴願法第 15 條）。這件訴願視同在期間內提起，繼續審理。${because(said.note)}` }
    case 'stay':
      if (said.refused) return { subject: name('停止執行的申請不能准許'), text: `${matter}，您申請停止原處分的執行，本府不能准許（訴願法第 93 條）。您可以向行政法院聲請停止執行（第 3 項）。${because(said.note)}` }
      return said.ended
        ? { subject: name('撤銷停止執行'), text: `訴願案件「${title}」（案號 ${number}），原處分的停止執行予以撤銷（訴願法第 94 條）。${because(said.note)}` }
        : { subject: name('停止執行'), text: `訴願案件「${title}」（案號 ${number}），原處分依訴願法第 93 條第 2 項停止執行。${because(said.note)}` }
    case 'succession':
      return said.refused
        ? { subject: name('承受訴願的申請不能許可'), text: `訴願案件「${title}」（案號 ${number}），受讓權利或利益之人申請承受訴願，本府不能許可（訴願法第 88 條）。${because(said.note)}` }
        : { subject: name('承受訴願'), text: `訴願案件「${title}」（案號 ${number}）已由他人承受（訴願法第 87 條、第 88 條），自承受之日起以承受之人為訴願人，以後的文書向其送達。${because(said.note)}` }
    case 'withdrawal':
      return { subject: name('訴願已撤回'), text: `訴願案件「${title}」（案號 ${number}）經訴願人撤回，本府不再審理（訴願法第 60 條、審議規則第 9 條）。撤回後不得復提起同一之訴願。` }
    case 'decision':
      return { subject: name('訴願決定書'), text: said.note ?? '' }
  }
}
