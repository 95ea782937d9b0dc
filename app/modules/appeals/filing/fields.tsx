import { tablePlaces } from '../../../core/clocks/travel.ts'
import { Checkboxes, Radios, Select } from '../../../ui/components/choices.tsx'
import { Fieldset } from '../../../ui/components/fieldset.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { agencyKinds, type AgencyKind, categories, forms, grounds, serviceKinds } from '../schema.ts'
import type { AgencyChoice } from './agencies.ts'

export type Fields = { value(name: string): string | undefined; all(name: string): string[]; error(name: string): string | undefined }

/** Offered while typing; other spellings are understood too. */
const places = [...new Set([...tablePlaces, '金門縣烏坵鄉'])]
const agencyHints: Partial<Record<AgencyKind, string>> = {
  township: '由縣政府受理（訴願法 §4 ①）。', subordinate: '由縣政府受理（訴願法 §4 ②）。', county: '處分以縣政府名義作成的，由中央主管部會受理，本府是原處分機關（訴願法 §4 ③）。',
  private: '由原委託的縣政府受理（訴願法 §10）。', central: '移送管轄機關（訴願法 §61）。', other: '移送管轄機關（訴願法 §61）。',
}

/** What is appealed against, and what is asked: the items of 訴願法 §56 that are about the matter. */
export function AppealFields({ value, all, error, agencies, correcting, online = false }: Fields & { /** by a resident, whose filing has to be whole at once: what is missing is not a matter for a later correction */ online?: boolean; agencies: readonly AgencyChoice[]; /** what came stays: neither its kind nor its words are changed */ correcting?: boolean }) {
  const options = (of: Record<string, string>) => Object.entries(of).map(([code, text]) => ({ value: code, text }))
  return (
    <>
      <Fieldset legend="不服什麼">
        {correcting ? <input type="hidden" name="form" value={value('form')} /> : <Radios name="form" label="送來的是" inline value={value('form') ?? 'appeal'} error={error('form')} options={options(forms)} />}
        <TextInput name="title" label="案由" hint="不寫姓名，例如：因地價稅事件" value={value('title')} error={error('title')} width={30} />
        <Select name="category" label="類別" required={false} empty="未分類" value={value('category')} error={error('category')} options={categories.map((name) => ({ value: name, text: name }))} />
        <Radios name="ground" label="為什麼提起" value={value('ground') ?? 'disposition'} error={error('ground')} options={[{ value: 'disposition', text: grounds.disposition }, { value: 'inaction', text: grounds.inaction, hint: '訴願法 §2', reveals: <TextInput name="appliedOn" label="向機關申請的日期" value={value('appliedOn')} error={error('appliedOn')} width={10} /> }]} />
        <Radios name="agencyKind" label="原處分機關是哪一種" value={value('agencyKind')} error={error('agencyKind')} options={Object.entries(agencyKinds).map(([code, text]) => ({ value: code, text, hint: agencyHints[code as AgencyKind]! }))} />
        <div class="cluster">
          <Select name="agencyUnitId" label="本縣的機關" hint="鄉鎮公所、所屬機關" required={false} empty="選擇機關" value={value('agencyUnitId')} error={error('agencyUnitId')} options={agencies.map(({ id, name }) => ({ value: String(id), text: name }))} />
          <TextInput name="agency" label="其他機關的名稱" hint="清單上沒有的才填" required={false} value={value('agency')} error={error('agency')} width={20} />
          <TextInput name="authority" label="受理訴願機關" hint="不是本府的，知道就填" required={false} value={value('authority')} error={error('authority')} width={20} />
        </div>
        <div class="cluster">
          <TextInput name="dispositionNo" label="處分書文號" required={false} value={value('dispositionNo')} error={error('dispositionNo')} width={20} />
          <TextInput name="dispositionOn" label="處分書日期" required={false} value={value('dispositionOn')} error={error('dispositionOn')} width={10} />
        </div>
      </Fieldset>
      <Fieldset legend="訴願期間" hint="處分送達之次日起三十日，加在途期間（訴願法 §14、§16）。">
        <div class="cluster">
          <TextInput name="servedOn" label="處分送達的日期" hint={online ? '處分書送到的那一天；寄存送達填寄存的那一天。機關逾期不作為的不用填。' : '寄存送達填寄存的那一天'} required={online ? undefined : false} value={value('servedOn')} error={error('servedOn')} width={10} />
          <Select name="serviceKind" label="怎麼送達" required={false} value={value('serviceKind') ?? '送達'} error={error('serviceKind')} options={serviceKinds.map((kind) => ({ value: kind, text: kind }))} />
          <Radios name="remedyTold" label="處分書有沒有教示" inline value={value('remedyTold') ?? 'yes'} error={error('remedyTold')} options={[{ value: 'yes', text: '有' }, { value: 'no', text: '沒有或寫錯（一年，行政程序法 §98）' }]} />
        </div>
        <Checkboxes name="thirdParty" label="利害關係人" labelSize="hidden" values={all('thirdParty')} error={error('thirdParty')} options={[{ value: 'yes', text: '訴願人不是受處分人，是利害關係人（訴願法 §14 II）', reveals: <TextInput name="knownOn" label="知悉處分的日期" value={value('knownOn')} error={error('knownOn')} width={10} /> }]} />
        <TextInput name="residence" label="訴願人住居地" hint="縣市或鄉鎮，例如臺北市、金門縣烏坵鄉；用來算在途期間" required={false} value={value('residence')} error={error('residence')} width={20} suggestions={places} />
        <Checkboxes name="representativeAtSeat" label="代理人在地" labelSize="hidden" values={all('representativeAtSeat')} options={[{ value: 'yes', text: '有住在受理訴願機關所在地、得為訴願行為的代理人（不扣除在途期間，訴願法 §16 I 但書）' }]} />
      </Fieldset>
      <Fieldset legend="請求與理由">
        <TextArea name="claims" label="訴願請求事項" hint={online ? '一行一項，例如：原處分撤銷。只表示不服的可以空白。' : '一行一項，例如：原處分撤銷。決定時每一項各有結果；只有不服之表示的可以空白。'} required={online ? undefined : false} rows={3} value={value('claims')} error={error('claims')} />
        {!correcting && <TextArea name="facts" label="事實及理由" rows={10} value={value('facts')} error={error('facts')} />}
      </Fieldset>
    </>
  )
}

/** 訴願人 and 代理人, with what 訴願法 §56 I ①, ② asks of them. */
export function PartyFields({ value, all, error, online = false }: Fields & { /** without address and mail nobody could be told */ online?: boolean }) {
  return (
    <>
      <Fieldset legend="訴願人" hint={online ? '還有其他訴願人的，請在事實及理由寫明，或另以書面提出。' : '還有其他訴願人、代表人或參加人，登錄後再加。'}>
        <Radios name="isPerson" label="訴願人是" inline value={value('isPerson') ?? 'yes'} error={error('isPerson')} options={[{ value: 'yes', text: '個人' }, { value: 'no', text: '公司、團體或機關' }]} />
        <TextInput name="name" label="姓名或名稱" value={value('name')} error={error('name')} width={20} autocomplete="off" />
        <div class="cluster">
          <TextInput name="bornOn" label="出生年月日" required={false} value={value('bornOn')} error={error('bornOn')} width={10} autocomplete="off" />
          <TextInput name="idNumber" label="身分證明文件字號或統一編號" required={false} value={value('idNumber')} error={error('idNumber')} width={20} autocomplete="off" />
        </div>
        <TextInput name="address" label="住居所或營業所" required={online} value={value('address')} error={error('address')} width={30} autocomplete="off" />
        <div class="cluster">
          <TextInput name="email" type="email" label="電子郵件" required={online} value={value('email')} error={error('email')} width={20} autocomplete="off" spellcheck={false} />
          <TextInput name="phone" type="tel" label="電話" required={false} value={value('phone')} error={error('phone')} width={20} autocomplete="off" />
        </div>
      </Fieldset>
      <Fieldset legend="訴願代理人" hint="有委任才填，附委任書（訴願法 §34）。">
        <TextInput name="agentName" label="代理人姓名" required={false} value={value('agentName')} error={error('agentName')} width={20} autocomplete="off" />
        <TextInput name="agentAddress" label="代理人住居所或事務所" required={false} value={value('agentAddress')} error={error('agentAddress')} width={30} autocomplete="off" />
        <div class="cluster">
          <TextInput name="agentEmail" type="email" label="代理人電子郵件" required={false} value={value('agentEmail')} error={error('agentEmail')} width={20} autocomplete="off" spellcheck={false} />
          <TextInput name="agentPhone" type="tel" label="代理人電話" required={false} value={value('agentPhone')} error={error('agentPhone')} width={20} autocomplete="off" />
        </div>
        <Checkboxes name="agentIsLawyer" label="律師" labelSize="hidden" values={all('agentIsLawyer')} options={[{ value: 'yes', text: '代理人是律師' }]} />
      </Fieldset>
    </>
  )
}
