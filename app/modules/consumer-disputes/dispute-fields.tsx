import { PartyForm } from '../../core/procedure/party-form.tsx'
import { Select } from '../../ui/components/choices.tsx'
import { TextArea } from '../../ui/components/text-area.tsx'
import { TextInput } from '../../ui/components/text-input.tsx'
import { firstTo } from './register.ts'
import { categories } from './schema.ts'

type Props = { value(name: string): string | undefined; error(name: string): string | undefined; desk?: boolean }

/** What a complaint says: the same at the desk and on the portal. */
export function DisputeFields({ value, error, desk = false }: Props) {
  const field = (name: string) => ({ name, value: value(name), error: error(name) })
  return (
    <>
      <TextInput {...field('title')} label={desk ? '案由' : '一句話說明是什麼事'} hint="例：網路買的冷氣不冷，業者不肯退貨" width={30} />
      <Select {...field('category')} label="類別" required={false} empty="請選擇" options={categories.map((text) => ({ value: text, text }))} />
      <TextArea {...field('facts')} label="爭議的經過" hint="什麼時候買的、發生什麼問題、業者怎麼說。" rows={8} />
      <TextArea {...field('asked')} label={desk ? '請求' : '您希望業者怎麼做'} rows={3} />
      <TextInput {...field('disputedTwd')} label="爭議金額" hint="例：12800 或 1.2 萬" width={10} suffix="元" required={false} />
      <TextInput {...field('firstOn')} label="先前申訴的日期" hint="已經向業者、消保團體或消費者服務中心申訴過的才填；還沒有的話，我們先轉請業者處理。" width={10} required={false} />
      <Select {...field('firstTo')} label="先前向誰申訴" required={false} empty="沒有申訴過" options={Object.entries(firstTo).map(([code, text]) => ({ value: code, text }))} />
      <PartyForm prefix="consumer" legend="消費者" kinds="person" asks={['born']} emailRequired={!desk} value={value} error={error} />
      <PartyForm prefix="agent" legend="代理人" hint="消費者未成年的，由法定代理人代為申訴和調解；沒有代理人的不用填。" kinds="person" optional asks={['power']} powerHint="例：法定代理、委任（可以代為申訴、調解、和解）。委任書請一起附上。" value={value} error={error} />
      <PartyForm prefix="business" legend="企業經營者" kinds="organisation" asks={['business']} value={value} error={error} />
    </>
  )
}
