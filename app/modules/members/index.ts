import { namePurposes } from '../../core/mail/purposes.ts'
import { defineModule } from '../../core/module.ts'
import { ownPath } from './paths.ts'
import { routes } from './routes.tsx'

namePurposes({ 'member.link': '會員登入連結', 'identity.sign-in-changed': '登入方式變更' })

/** 會員: residents and vendors who want to see all their cases in one place. Optional; nobody needs it to file or follow. */
export const members = defineModule({
  name: 'members',
  title: '會員',
  routes,
  permissions: {},
  portal: [{ label: '我的案件', path: ownPath({ kind: 'resident', language: 'zh' }), about: '用電子郵件登入，一次看到用同一個信箱提出的所有案件。', english: { label: 'My cases', path: ownPath({ kind: 'resident', language: 'en' }), about: 'Sign in by e-mail and see all the cases filed with that address.' } }],
})
