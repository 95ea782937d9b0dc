import { hash, verify } from '@node-rs/argon2'
import { isCommon } from './common-passwords.ts'

// OWASP's argon2id floor: 19 MiB, 2 passes, 1 lane
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost)
}

/** Takes the same time whether or not the person exists. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await nobody()), password.normalize('NFKC')).catch(() => false)
  return matches && stored !== null
}

let nobodysHash: Promise<string> | null = null
function nobody(): Promise<string> {
  nobodysHash ??= hashPassword('no one has this password')
  return nobodysHash
}

/** A sentence when a new password will not do, else null. */
export function weakPassword(password: string, login: string): string | null {
  const length = [...password].length
  if (length < 12) return '密碼至少 12 個字'
  if (length > 200) return '密碼最多 200 個字'
  if (password.toLowerCase().includes(login.toLowerCase())) return '密碼不能含有帳號'
  if (new Set(password).size < 5) return '密碼的字太重複'
  if (isCommon(password)) return '這個密碼太容易被猜中：常見的字、日期、電話和鍵盤上的順序都不算數。請把四個以上不相干的詞連在一起'
  return null
}
