/** Today in Taipei, or so many days from it, as an officer types it: 115/11/28. */
export function rocToday(days = 0): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Taipei' }).format(new Date(Date.now() + days * 86_400_000)).split('-').map(Number)
  return `${parts[0]! - 1911}/${parts[1]}/${parts[2]}`
}
