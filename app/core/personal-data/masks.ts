/** What the screen shows of personal data until it is opened with a purpose. */
export function maskName(name: string | null): string {
  if (!name) return '未填'
  const [first = '', ...rest] = [...name]
  return first + '○'.repeat(Math.min(Math.max(rest.length, 1), 2))
}

export function maskEmail(email: string | null): string {
  if (!email) return '未填'
  const [local = '', domain = ''] = email.split('@')
  return `${local.slice(0, 1)}•••@${domain.slice(0, 1)}•••`
}

export function maskPhone(phone: string | null): string {
  return phone ? `${phone.slice(0, 2)}••••${phone.slice(-2)}` : '未填'
}

export function maskAddress(address: string | null): string {
  const township = address?.match(/^.{0,3}?[縣市].{1,3}[鄉鎮市區]/)?.[0]
  return address ? `${township ?? ''}○○○` : '未填'
}
