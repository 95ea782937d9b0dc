import { Button, ButtonGroup, Checkboxes, DateInput, Form, PasswordInput, TextArea, TextInput } from '../components/index.ts'
import { ConsoleLayout, ErrorPage, PortalLayout } from '../layouts/index.ts'
import { county } from './desk.tsx'

/** Signing in: the console without its menus. */
export function showSignIn() {
  return (
    <ConsoleLayout title="登入" county={county} demo flash={{ kind: 'important', text: '您離開一陣子，請再登入一次。您輸入的內容還在。' }}>
      <Form action="/sign-in" formKey="showcase">
        <TextInput name="account" label="帳號" autocomplete="username" />
        <PasswordInput name="password" label="密碼" />
        <ButtonGroup><Button>登入</Button></ButtonGroup>
      </Form>
    </ConsoleLayout>
  )
}

export function showError() {
  return (
    <ErrorPage county={county} demo title="這一頁暫時打不開" requestNumber="7f3a-19c2">
      <p>問題在我們這邊，已經通知值班人員。您剛才送出的內容已經收到，不必再送一次。</p>
    </ErrorPage>
  )
}

/** An English page: the components' own words are English too. */
export function showEnglish() {
  return (
    <PortalLayout
      title="Write to the county"
      county="Demonstration County Government"
      lang="en"
      demo
      home="/en"
      nav={[{ href: '/en', text: 'Home' }, { href: '/en/petitions/new', text: 'Write to us' }]}
      current="/en/petitions/new"
      otherLanguage={{ href: '/', text: '中文', lang: 'zh-Hant-TW' }}
    >
      <h1>Write to the county</h1>
      <p class="lead">We answer within 15 working days, in Chinese or in English.</p>
      <Form action="/en/petitions" formKey="showcase">
        <TextInput name="subject" label="Subject" error="Tell us in one sentence what it is about." />
        <TextArea name="letter" label="What would you like to tell us?" maxLength={4000} />
        <DateInput name="happened" label="When did it happen?" hint="In the Taiwanese calendar: 2021 is year 110." required={false} />
        <Checkboxes name="consent" label="Publication" options={[{ value: 'yes', text: 'My letter may be published without my name' }]} />
        <Button>Send</Button>
      </Form>
    </PortalLayout>
  )
}
