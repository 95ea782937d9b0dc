/** Who acts where nobody is signed in: what runs by itself declares one of these, or does not start. */
export const actors = {
  system: '系統（排定的背景工作）',
  operator: '維運人員（在主機上執行指令）',
  mailroom: '收發室（寄到機關信箱的信）',
} as const
export type Actor = keyof typeof actors

/** Throws when something that runs without a person does not say as whom. `what`: as its author knows it, "job x.y". */
export function requireActor(what: string, as: string | undefined): void {
  if (as === undefined || !(as in actors)) throw new Error(`${what}: does not declare as whom it acts (${Object.keys(actors).join(', ')})`)
}
