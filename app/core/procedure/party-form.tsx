import { Radios } from '../../ui/components/choices.tsx'
import { Fieldset } from '../../ui/components/fieldset.tsx'
import { TextInput } from '../../ui/components/text-input.tsx'

type Props = {
  prefix: string
  legend: string
  hint?: string
  /** may it be an organisation */
  kinds?: 'person' | 'organisation' | 'both'
  /** a party that need not be there */
  optional?: boolean
  /** fields asked for besides name, telephone, mail and address */
  asks?: readonly ('id' | 'born' | 'more' | 'power' | 'business')[]
  emailRequired?: boolean
  /** what an agent of this kind of case may do */
  powerHint?: string
  value(name: string): string | undefined
  error(name: string): string | undefined
}

/** The fields of one party, as `partyFields(prefix)` reads them. */
export function PartyForm({ prefix, legend, hint, kinds = 'both', optional = false, asks = [], emailRequired = false, powerHint, value, error }: Props) {
  const field = (name: string) => ({ name: `${prefix}${name}`, value: value(`${prefix}${name}`), error: error(`${prefix}${name}`) })
  const kind = value(`${prefix}Kind`) ?? (kinds === 'organisation' ? 'organisation' : 'person')
  return (
    <Fieldset legend={legend} hint={hint} size="m">
      {kinds === 'both' ? <Radios {...field('Kind')} label="是個人還是公司團體" value={kind} inline options={[{ value: 'person', text: '個人' }, { value: 'organisation', text: '公司、商號或團體' }]} /> : <input type="hidden" name={`${prefix}Kind`} value={kinds} />}
      <TextInput {...field('Name')} label={kinds === 'person' ? '姓名' : kinds === 'organisation' ? '名稱' : '姓名或名稱'} width={20} required={!optional} autocomplete={optional ? undefined : 'name'} />
      {asks.includes('business') && <TextInput {...field('BusinessNo')} label="統一編號" hint="8 位數字，寫在發票或收據上。" width={10} inputmode="numeric" required={false} />}
      {asks.includes('id') && <TextInput {...field('IdNumber')} label="身分證統一編號" hint={kinds === 'both' ? '公司團體不用填。' : undefined} width={10} required={false} autocomplete="off" />}
      {asks.includes('born') && <TextInput {...field('Born')} label="出生年月日" hint="例：60/5/20" width={10} required={false} />}
      {asks.includes('more') && <TextInput {...field('More')} label="性別、出生地、職業" hint="法律要求記載；可以之後再補。" width={20} required={false} />}
      {asks.includes('power') && <TextInput {...field('Power')} label="代理的範圍" hint={powerHint} width={20} required={false} />}
      <TextInput {...field('Phone')} type="tel" label="電話" width={20} required={false} autocomplete={optional ? undefined : 'tel'} />
      <TextInput {...field('Email')} type="email" label="電子郵件" width={20} required={emailRequired} spellcheck={false} autocomplete={optional ? undefined : 'email'} />
      <TextInput {...field('Address')} label={kinds === 'organisation' ? '營業所地址' : '住居所或營業所地址'} width={30} required={false} autocomplete={optional ? undefined : 'street-address'} />
    </Fieldset>
  )
}
