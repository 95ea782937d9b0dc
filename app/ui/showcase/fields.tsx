import { Button, ButtonGroup, Checkboxes, DateInput, ErrorSummary, Fieldset, FileUpload, Form, PasswordInput, Radios, Select, TextArea, TextInput } from '../components/index.ts'
import type { ErrorItem } from '../components/index.ts'
import { PortalLayout } from '../layouts/index.ts'
import { county } from './desk.tsx'
import { portalFooter, portalNav } from './portal.tsx'

const errors: Record<string, string> = {
  subject: '請用一句話寫下主旨。',
  letter: '內容還是空的，請寫下您要告訴我們的事。',
  happened: '110 年 2 月沒有 30 日，請再看一下日期。',
  township: '請選一個鄉鎮。',
  answer: '請選擇想收到答復的方式。',
  topics: '請至少選一項。',
  email: '電子郵件地址少了 @，例如 name@example.com。',
  photos: '「現場.exe」不是照片或文件，沒有收下；其他檔案都還在。',
  password: '密碼不正確，請再試一次。',
}

/** Every field, empty and kept, or wrong with its sentence. */
export function showFields({ wrong }: { wrong: boolean }) {
  const error = (name: string) => (wrong ? errors[name] : undefined)
  const summary: ErrorItem[] = wrong ? Object.entries(errors).map(([field, text]) => ({ field, text })) : []
  return (
    <PortalLayout
      title={wrong ? '錯誤：寫信給縣府' : '寫信給縣府'}
      county={county}
      demo
      nav={portalNav}
      current="/petitions/new"
      breadcrumbs={[{ text: '首頁', href: '/' }, { text: '寫信給縣府' }]}
      footer={portalFooter}
    >
      <ErrorSummary errors={summary} intro="您寫的內容都還在。請看看下面幾個地方，再送一次。" />
      <h1>寫信給縣府</h1>
      <Form action="/petitions" id="petition" keep formKey="showcase" multipart>
        <TextInput name="subject" label="主旨" hint="用一句話說是什麼事，例如「中山路 20 號前的路燈不亮」。" error={error('subject')} required maxLength={100} />
        <TextArea name="letter" label="想告訴我們什麼" hint="什麼時候、在哪裡、希望我們怎麼做。請不要寫身分證字號。" error={error('letter')} maxLength={4000} rows={8} value={wrong ? '' : '中山路 20 號前的路燈從 9 月 20 日起不亮，晚上孩子下課經過很危險。\n請派人來看看。'} />
        <DateInput name="happened" label="哪一天發生的" hint="例如 110 年 9 月 20 日。" required={false} error={error('happened')} wrong={['day']} value={wrong ? { year: '110', month: '2', day: '30' } : '2021-09-20'} />
        <Select name="township" label="在哪個鄉鎮" empty="請選擇" error={error('township')} value={wrong ? '' : '東山鄉'} options={['東山鄉', '西嶼鎮', '南灣鄉', '北港鎮'].map((text) => ({ value: text, text }))} />
        <Radios
          name="answer"
          label="想怎麼收到答復"
          error={error('answer')}
          value={wrong ? undefined : 'email'}
          options={[
            { value: 'email', text: '電子郵件', hint: '最快，也能隨時查進度。', reveals: <TextInput name="email" label="電子郵件地址" type="email" autocomplete="email" error={error('email')} width={20} value={wrong ? 'name.example.com' : 'name@example.com'} /> },
            { value: 'post', text: '書面郵寄' },
            { value: 'telephone', text: '電話', disabled: true, hint: '晚上與假日不能選。' },
          ]}
        />
        <Radios name="publish" label="答復後可以公開這封信嗎" hint="公開時會遮去姓名、電話和住址。" inline value="no" options={[{ value: 'yes', text: '可以' }, { value: 'no', text: '不要公開' }]} />
        <Checkboxes name="topics" label="和什麼有關" required={false} error={error('topics')} values={wrong ? [] : ['road', 'light']} options={[{ value: 'road', text: '道路' }, { value: 'light', text: '路燈' }, { value: 'noise', text: '噪音', hint: '施工、營業或住家。' }]} />
        <FileUpload name="photos" label="照片或文件" hint="最多 5 個，每個不超過 10 MB。" required={false} error={error('photos')} multiple accept=".jpg,.png,.pdf" maxBytes={10 * 1024 * 1024} maxFiles={5} />
        <Fieldset legend="怎麼稱呼您" hint="只有承辦人看得到。">
          <TextInput name="name" label="姓名" autocomplete="name" width={10} value="陳堃𠮷" />
          <TextInput name="telephone" label="電話" type="tel" autocomplete="tel" inputmode="tel" width={20} required={false} />
          <TextInput name="fee" label="金額" prefix="NT$" suffix="元" width={10} inputmode="numeric" value="1200" disabled />
        </Fieldset>
        <PasswordInput name="password" label="密碼" error={error('password')} />
        <ButtonGroup>
          <Button>送出</Button>
          <Button kind="secondary" name="act" value="draft">先存著</Button>
          <Button kind="quiet">清除</Button>
        </ButtonGroup>
        <ButtonGroup>
          <Button reason="這封信還沒有用電子郵件確認，確認後才能補充。">補充資料</Button>
        </ButtonGroup>
      </Form>
    </PortalLayout>
  )
}
