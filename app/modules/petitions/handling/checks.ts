/** What a draft is checked for before it is sent up, and again before the answer goes out. */
export type AnswerFacts = {
  text: string
  remedy: 'undecided' | 'none' | 'given'
  questions: { no: number; text: string; state: 'open' | 'answered' | 'not-applicable' }[]
  /** joint units still asked (those waived are not among them), and whether their contribution is there */
  joint: { unitName: string; contributed: boolean }[]
  /** a way to reach the petitioner was left */
  reachable: boolean
}

export type Check = {
  code: 'text' | 'questions' | 'remedy' | 'joint' | 'reachable'
  /** a short statement of what is asked */
  what: string
  ok: boolean
  /** what is missing, as a sentence; null when nothing is */
  missing: string | null
  law?: string
  /** only to be noticed: it does not hold the answer back */
  advisory?: boolean
}

/** Every check with its answer, in the order in which an officer works. */
export function checkAnswer(facts: AnswerFacts): Check[] {
  const open = facts.questions.filter((question) => question.state === 'open')
  const waiting = facts.joint.filter((unit) => !unit.contributed)
  const checks: (Omit<Check, 'ok' | 'missing'> & { missing: string | null | false })[] = [
    { code: 'text', what: '答復有內容', missing: !facts.text.trim() && '答復還是空的' },
    { code: 'questions', what: facts.questions.length ? `來信 ${facts.questions.length} 個問題都答了或註明不適用` : '來信沒有分項的問題', missing: open.length > 0 && `第 ${open.map((question) => question.no).join('、')} 題還沒有勾` },
    { code: 'remedy', what: '已確認是否要告知救濟方法', law: '行政程序法 §172 II', missing: facts.remedy === 'undecided' && '請選「無涉」或寫下救濟教示' },
    { code: 'joint', what: facts.joint.length ? '協辦單位的意見都到了' : '沒有協辦單位', missing: waiting.length > 0 && `還在等${waiting.map((unit) => unit.unitName).join('、')}的意見，或註明免會理由` },
    { code: 'reachable', what: '有方法把答復送達', advisory: true, missing: !facts.reachable && '陳情人沒有留聯絡方式，答復只會公布在查詢頁' },
  ]
  return checks.map((check) => ({ ...check, missing: check.missing || null, ok: !check.missing }))
}

/** Everything that holds the answer back, in the order in which an officer works. */
export const allMissing = (facts: AnswerFacts): Check[] => checkAnswer(facts).filter((check) => !check.ok && !check.advisory)

/** The first thing that holds the answer back, or null. */
export const firstMissing = (facts: AnswerFacts): Check | null => allMissing(facts)[0] ?? null
