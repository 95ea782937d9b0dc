import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { parseInstant } from '../../../core/time.ts'
import { get, type PageRequest, post, redirect, type Reply, type Route } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { holdTime } from '../booking/hold.ts'
import { dayWords, timeWords } from '../booking/words.ts'
import { bookPath, publicPath, sentPath, timesPath } from '../paths.ts'
import { advicePage } from './page.tsx'
import { findOpenSessions, findPublicRules, findSlot, findSpecialities } from './queries.ts'

type Asked = { slot?: string | undefined; wait?: string | undefined; for?: string | undefined }

async function form(request: PageRequest, asked: Asked, failed?: Refusal): Promise<Reply> {
  const speciality = (await findSpecialities(request.publicDb)).find(({ code }) => code === asked.for)
  const slot = /^\d{1,15}$/.test(asked.slot ?? '') ? await findSlot(request.publicDb, Number(asked.slot)) : null
  const session = asked.wait ? (await findOpenSessions(request.publicDb, request.now)).find(({ number }) => number === asked.wait) : null
  if (!speciality || (!slot && !session)) return gone(request, asked)
  if (slot && !slot.free && !failed) return gone(request, asked)
  const { holdHours } = await findPublicRules(request.publicDb)
  const error = errorOf(failed)
  const value = (name: string) => request.form[name]
  return advicePage(request, {
    title: slot ? '填寫預約資料' : '登記候補', crumb: slot ? '預約' : '候補', status: failed ? 422 : 200,
    children: (
      <>
        <h1>{slot ? '填寫預約資料' : '登記候補'}</h1>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <SummaryList rows={[
          { key: '時間', value: slot ? timeWords(slot.at) : `${dayWords(session!.heldOn)}，有人取消時通知您` },
          { key: '地點', value: slot?.place ?? session!.place },
          { key: '類別', value: speciality.name, action: <a href={timesPath(speciality.code)}>改時間</a> },
          ...(slot ? [{ key: '律師', value: `${slot.lawyer}律師` }] : []),
        ]} />
        {(failed?.code === 'slot.taken' || failed?.code === 'advice.closed') && <p><ButtonLink href={timesPath(speciality.code)}>選別的時間</ButtonLink></p>}
        <Form action={bookPath()} formKey={randomUUID()} id="booking" keep>
          {slot ? <input type="hidden" name="slot" value={slot.id} /> : <input type="hidden" name="wait" value={session!.number} />}
          <input type="hidden" name="for" value={speciality.code} />
          <TextInput name="name" label="姓名" autocomplete="name" width={10} value={value('name')} error={error('name')} />
          <TextInput name="email" type="email" label="電子郵件" hint="我們會寄一封確認信，按了信裡的連結才算約好。" autocomplete="email" spellcheck={false} width={20} value={value('email')} error={error('email')} />
          <TextInput name="phone" type="tel" label="電話" hint="臨時有變動時聯絡用。" autocomplete="tel" required={false} width={10} value={value('phone')} error={error('phone')} />
          <TextInput name="opponent" label="對方的姓名" hint="讓律師先看看有沒有利益衝突，例如他正好也是對方的律師。不必寫發生什麼事。" required={false} width={10} value={value('opponent')} error={error('opponent')} />
          <Details summary="我們怎麼使用這些資料"><Notice county={request.site.county} holdHours={holdHours} /></Details>
          <ButtonGroup><Button>送出並收確認信</Button><a href={timesPath(speciality.code)}>回上一步</a></ButtonGroup>
        </Form>
      </>
    ),
  })
}

/** 個人資料保護法 §8 I: what must be told before personal data are collected. */
function Notice({ county, holdHours }: { county: string; holdHours: number }) {
  const rows: [string, string][] = [
    ['蒐集機關', county],
    ['目的', '法律諮詢的預約、提醒、叫號，利益衝突檢核，以及不含個人資料的統計'],
    ['資料類別', '姓名、電子郵件、電話、對方的姓名；不問您的案情'],
    ['利用期間', `沒有確認的預約最多保存 ${holdHours} 小時；諮詢過的保存到核定的年限`],
    ['利用地區與對象', '本縣；櫃檯與法制同仁、為您諮詢的律師。姓名會與縣府案件的當事人比對，同仁和律師只看到「有」或「沒有」'],
    ['利用方式', '加密保存，同仁開啟時留下紀錄；律師的諮詢紀錄只有那位律師看得到'],
    ['您的權利', '可以查詢、閱覽、要複本、補充更正，也可以請求停止使用或刪除（個人資料保護法第 3 條）'],
    ['不提供的影響', '姓名和電子郵件是預約必填的；也可以不上網預約，直接到現場候位'],
  ]
  return <ol>{rows.map(([what, how]) => <li key={what}><strong>{what}</strong>：{how}</li>)}</ol>
}

function gone(request: PageRequest, asked: Asked): Reply {
  return advicePage(request, {
    title: '這個時間約不到了', crumb: '預約', status: 409,
    children: <><h1>這個時間約不到了</h1><p>它剛剛被約走，或場次有變動。</p><p><ButtonLink href={timesPath(asked.for)}>選別的時間</ButtonLink></p><p><a href={publicPath}>回法律諮詢</a></p></>,
  })
}

/** After the form; the address holds nothing of anybody. */
async function sent(request: PageRequest): Promise<Reply> {
  const until = parseInstant(request.query.until ?? '')
  const waiting = request.query.waiting === 'yes'
  return advicePage(request, {
    title: '請到信箱確認', crumb: '請到信箱確認',
    children: (
      <>
        <h1>還差一步：請到信箱確認</h1>
        <p class="lead">確認信已經寄出。請{until && <>在<strong>{timeWords(until)}</strong>以前</>}按信裡的連結，{waiting ? '才會排入候補' : '時間才會保留給您'}。</p>
        <p>沒有收到時，看看垃圾信匣；信箱打錯的話，過了期限時間會釋出，可以重新預約。</p>
        <p><a href={publicPath}>回法律諮詢</a></p>
      </>
    ),
  })
}

export const routes: Route[] = [
  get(bookPath(), 'public', (request) => form(request, request.query)),
  get(sentPath(), 'public', sent),
  post(bookPath(), 'public', async (request) => {
    const { slot, wait, for: code, ...rest } = request.form
    const result = await holdTime(request.caller, { ...rest, ...(slot ? { slot } : {}), ...(wait ? { wait } : {}), for: code, origin: request.origin })
    if (isRefusal(result)) return form(request, { slot, wait, for: code }, result)
    const { waiting, until } = result.value
    return redirect(sentPath(new Date(until), waiting))
  }, { limit: 10 }),
]
