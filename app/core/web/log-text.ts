/**
 * What a log may hold of an error: mail addresses, long numbers and the values that PostgreSQL quotes in its messages are left out. Numbers of
 * cases too: who runs the machine is not who reads cases.
 */
export function logText(text: string): string {
  return text
    .replace(/(invalid input (?:syntax|value) for [^:]+: )"[^"]*"/g, '$1"•"')
    .replace(/[^\s"'<>=,;:()]+@[^\s"'<>,;:()]+\.[^\s"'<>,;:()]+/g, '•@•')
    .replace(/\p{Script=Han}\d{2,3}-\d{6}/gu, '•')
    .replace(/(?<![\w.:/-])\+?\d[\d-]{6,}\d(?![\w:-])/g, '•')
}

/** For pino: by the name of the field. `chain` is an error with its causes. */
export const logSerializers = {
  chain: (chain: unknown) => (Array.isArray(chain) ? chain.map((one) => logText(String(one))) : chain),
  error: (error: unknown) => logText(String(error)),
}
