import { z } from 'zod'
import type { Tx } from '../db.ts'
import { passkeyAnswer } from './passkey-ceremony.ts'
import { checkPasskey } from './passkeys.ts'
import { checkRecoveryCode } from './recovery-codes.ts'
import { checkTotp } from './totp.ts'

/** Fields of a form that shows a second factor: one of them is filled in. */
export const secondFactorAnswer = { code: z.string().trim().max(100).default(''), ...passkeyAnswer }
export type SecondFactorAnswer = z.output<z.ZodObject<typeof secondFactorAnswer>>

/** Six digits are a code of the authenticator, anything longer a recovery code; each is good once. */
export async function checkSecondFactor(tx: Tx, now: Date, personId: number, answer: SecondFactorAnswer): Promise<{ by: 'code' | 'recovery-code' | 'passkey' } | { failed: string }> {
  if (answer.passkey) return (await checkPasskey(tx, now, answer, personId)) ? { by: 'passkey' } : { failed: '這支通行金鑰沒有成功，請再試一次，或改用驗證碼' }
  const code = answer.code.normalize('NFKC').replace(/[\s-]/g, '')
  if (!code) return { failed: '請輸入驗證碼' }
  if (/^\d{6}$/.test(code)) return (await checkTotp(tx, now, personId, code)) ? { by: 'code' } : { failed: '驗證碼不正確，或已經用過；請輸入驗證程式現在顯示的 6 位數字' }
  return (await checkRecoveryCode(tx, now, personId, code)) ? { by: 'recovery-code' } : { failed: '復原碼不正確，或已經用過' }
}
