/** Today in Taipei as an officer types it: 115/11/28. */
export function rocToday(): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Taipei' }).format(new Date()).split('-').map(Number)
  return `${parts[0]! - 1911}/${parts[1]}/${parts[2]}`
}
