/**
 * Whether numbers of this format are days or times: the built-in formats 14–22, 27–36, 45–47 and 50–58 (the middle ones are
 * East Asian), else by the letters of the format's text outside quotes, brackets and escapes.
 */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
  const elapsed = /\[(?:h+|m+|s+)\]/i.test(code)
  const letters = code
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/_./g, '')
    .replace(/\*./g, '')
    .replace(/general|G\/通用格式/gi, '')
    .replace(/[0#?.]E[+-]/gi, '')
  return elapsed || /[ymdhsegb]/i.test(letters)
}

const millisecondsPerDay = 86_400_000

/**
 * A spreadsheet's serial day as text: '2021-04-09', with a time '2021-04-09 08:30:00', below one day '08:30:00'.
 * Day 1 is 1900-01-01, and day 60 the 29 February 1900 that never was; in a workbook of the 1904 system day 0 is 1904-01-01.
 */
export function printSerial(serial: number, is1904: boolean): string {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return String(serial)
  const seconds = Math.round(serial * 86_400)
  const whole = Math.floor(seconds / 86_400)
  const time = clock(seconds - whole * 86_400)
  if (whole === 0 && !is1904) return time
  if (whole === 60 && !is1904) return '1900-02-29'
  const firstDay = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, whole < 60 ? 31 : 30)
  const day = new Date(firstDay + whole * millisecondsPerDay).toISOString().slice(0, 10)
  return time === '00:00:00' ? day : `${day} ${time}`
}

function clock(seconds: number): string {
  const part = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  return `${part(seconds / 3600)}:${part((seconds % 3600) / 60)}:${part(seconds % 60)}`
}

/** A number as the sheet shows it: 15 digits at most, no ".0", no exponent for whole numbers (1.1004E10 → 11004000000). */
export function printNumber(text: string): string {
  const trimmed = text.trim()
  if (/^-?\d{1,15}$/.test(trimmed)) return trimmed
  const number = Number(trimmed)
  if (!Number.isFinite(number)) return trimmed
  const shown = Number(number.toPrecision(15))
  return Number.isInteger(shown) && Math.abs(shown) < 1e21 ? shown.toFixed(0) : String(shown)
}
