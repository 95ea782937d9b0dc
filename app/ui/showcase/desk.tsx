import type { ComponentChildren } from 'preact'
import { ConsoleLayout } from '../layouts/index.ts'
import type { ConsoleLayoutProps } from '../layouts/index.ts'

export const county = '示範縣政府'

const sections = [
  { items: [{ href: '/console', text: '我的工作', count: 12 }, { href: '/console/tray', text: '單位收件匣', count: 7 }] },
  { title: '陳情', items: [{ href: '/console/list', text: '全部案件', count: 1284 }, { href: '/console/overdue', text: '逾期稽催', count: 3 }, { href: '/console/rules', text: '分文規則' }] },
  { title: '數字與報告', items: [{ href: '/console/figures', text: '統計' }, { href: '/console/reports', text: '議會報告' }] },
  { title: '系統', items: [{ href: '/console/jobs', text: '背景工作' }, { href: '/console/mail', text: '寄出的信' }] },
]

type DeskProps = Omit<ConsoleLayoutProps, 'county' | 'demo' | 'person' | 'sections' | 'children'> & { children: ComponentChildren }

/** A console page of an officer who does not exist. */
export function Desk(props: DeskProps) {
  return (
    <ConsoleLayout
      county={county}
      demo
      person={{ name: '林示範', unit: '行政處為民服務科', role: '承辦人' }}
      sections={sections}
      search={{ action: '/console/search' }}
      accountHref="/console/account"
      {...props}
    />
  )
}
