import { Select } from '../../ui/components/choices.tsx'
import { PartyForm } from '../../core/procedure/party-form.tsx'
import { TextArea } from '../../ui/components/text-area.tsx'
import { TextInput } from '../../ui/components/text-input.tsx'
import { bases } from './schema.ts'

type Props = { value(name: string): string | undefined; error(name: string): string | undefined; /** the desk asks more than the portal */ desk?: boolean; agencies: readonly string[] }

/** What a claim says (施行細則 §17 I): the same at the desk and on the portal. */
export function ClaimFields({ value, error, desk = false, agencies }: Props) {
  const field = (name: string) => ({ name, value: value(name), error: error(name) })
  return (
    <>
      <TextInput {...field('title')} label={desk ? '案由' : '一句話說明是什麼事'} hint="例：騎車經過環島路坑洞跌倒受傷" width={30} />
      <TextArea {...field('facts')} label="事實和理由" hint="什麼時候、在哪裡、發生什麼事、受到什麼損害，為什麼認為機關要負責。" rows={10} />
      <TextArea {...field('evidence')} label="證據" hint="例：現場照片、報案證明、診斷書、修車單據。檔案可以在下面附上。" required={false} rows={4} />
      <TextInput {...field('requestedTwd')} label="請求賠償的金額" hint="例：50000 或 5 萬。只請求回復原狀的不用填。" width={10} suffix="元" required={false} />
      <TextArea {...field('restoration')} label="回復原狀的內容" required={false} rows={3} />
      <TextInput {...field('damageOn')} label="損害發生的日期" hint="例：110/4/9" width={10} required={false} />
      <TextInput {...field('knownOn')} label="知道有損害、也知道機關要負責的日期" hint="請求權從這一天起算二年（國家賠償法 §8）。" width={10} required={false} />
      <TextInput {...field('place')} label="發生地點" width={30} required={false} />
      <TextInput {...field('agency')} label={desk ? '賠償義務機關' : '您認為要負責的機關'} hint={desk ? '本府單位或所屬機關、公所填名稱；還不確定可以先留白。' : '不確定可以不填，我們會查。'} suggestions={[...agencies]} width={20} required={false} />
      {desk && <Select {...field('basis')} label="請求的依據" required={false} empty="還沒有認定" options={Object.entries(bases).map(([code, text]) => ({ value: code, text }))} />}
      <TextArea {...field('otherAgencies')} label="向其他機關請求的情形" hint="同一件事也向別的機關請求的，寫下機關和金額（施行細則 §18 II）。" required={false} rows={2} />
      <PartyForm prefix="claimant" legend="請求權人" asks={['id', 'born', 'more', 'business']} emailRequired={!desk} value={value} error={error} />
      <PartyForm prefix="agent" legend="代理人" hint="沒有代理人的不用填。" kinds="person" optional asks={['power']} powerHint="例：法定代理、委任（可以領取賠償金）。委任書請一起附上。" value={value} error={error} />
    </>
  )
}

