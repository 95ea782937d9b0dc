import { civilService } from '../../../core/clocks/rules/service-delays.ts'
import { officialTwd } from '../../../core/money.ts'
import { chosen, given, type LetterFacts, type LetterKind, type Letters } from '../../../core/procedure/letters/letter.ts'
import type { LetterSection } from '../../../core/procedure/tables.ts'
import { dayOf, rocLongDay } from '../../../core/time.ts'
import type { DisputeState } from '../dispute.ts'
import { filing } from '../filing-kind.ts'
import { findDisputeFile } from '../queries.ts'
import { partyRoles, sides } from '../schema.ts'
import { procedure } from '../steps.ts'

type Facts = LetterFacts<DisputeState>
const both = ['consumer', 'business']

/** What the consumer says, as a paper sums it up. */
async function complained({ reader, state }: Facts): Promise<string> {
  const file = await findDisputeFile(reader, state.id)
  return `消費者於${rocLongDay(dayOf(state.receivedAt!))}提出，略以：${file.facts.trim()}${file.asked ? `\n請求：${file.asked.trim()}` : ''}${state.disputedTwd === null ? '' : `\n爭議金額${officialTwd(state.disputedTwd)}。`}`
}

/** The day of a meeting as the step that goes with the letter says it. */
function meetingOf({ answers }: Facts): LetterSection[] {
  const at = given(answers)
  return [{ title: '期日', text: at.day('meetingOn') ? `${rocLongDay(at.day('meetingOn')!)} ${at.text('startsAt')}` : '　年　月　日' }, { title: '處所', text: at.text('place') }]
}

const objection = '異議應於本方案送達後十日之不變期間內，以書面提出；親自至調解委員會以言詞提出者，應在紀錄上簽名或蓋章。以掛號郵寄提出者，以交郵當日之郵戳為準。'

/** The papers of rules.md §2.4, §3.3. Each is drafted from the case, checked by another, and goes with a step of the procedure. */
const kinds: Record<string, LetterKind<DisputeState>> = {
  business: {
    title: '轉請處理消費申訴函', law: '消費者保護法 §43 II', hint: '業者接獲之日起十五日內妥適處理。', served: { step: 'to-business' }, to: ['business'], cc: ['consumer'], proof: true,
    sections: async (facts) => [
      { title: '主旨', text: `消費者申訴「${facts.state.title}」，請於接獲之日起十五日內妥適處理，並將結果函復本府及消費者，請查照。` },
      { title: '說明', text: `一、依消費者保護法第 43 條辦理：企業經營者對於消費者之申訴，應於申訴之日起十五日內妥適處理之。\n二、${await complained(facts)}\n三、未獲妥適處理者，消費者得向消費者保護官申訴，或申請調解（消費者保護法第 43 條第 3 項、第 44 條）。` },
    ],
  },
  negotiation: {
    title: '消費爭議協商通知書', law: '消費者保護法 §43 III', hint: '第二次申訴，由消保官協商。', after: ['second'], fits: (state) => state.stage === 'second', to: both,
    sections: async (facts) => [
      { title: '主旨', text: `消費爭議「${facts.state.title}」，定期協商，請準時到場。` }, { title: '期日', text: '　年　月　日　時　分' }, { title: '處所', text: '縣府消費者服務中心' },
      { title: '說明', text: `一、依消費者保護法第 43 條第 3 項辦理。\n二、${await complained(facts)}` },
    ],
  },
  correction: {
    title: '補正通知書', law: '消費爭議調解辦法 §4', served: { step: 'ask-correction' }, to: ['consumer'], proof: true,
    sections: ({ state, answers }) => [
      { title: '主旨', text: `調解申請「${state.title}」，請於本通知送達之次日起 ${given(answers).number('days') ?? 14} 日內補正。` },
      { title: '說明', text: `一、應補正之事項：\n${given(answers).text('asked')}\n二、逾期未補正者，依消費爭議調解辦法第 5 條第 1 項第 1 款不予受理。` },
    ],
  },
  'not-accepted': {
    title: '調解不受理通知書', law: '消費爭議調解辦法 §5', issues: 'not-accept', to: ['consumer'], cc: ['business'], proof: true,
    sections: async (facts) => {
      const { text, note } = given(facts.answers)
      return [
        { title: '主旨', text: `調解申請「${facts.state.title}」，不予受理。` },
        { title: '理由', text: `${note}\n依消費爭議調解辦法第 5 條第 1 項第${chosen(procedure, 'not-accept', facts.state, 'ground', text('ground'))}，應不予受理。` },
      ]
    },
  },
  transfer: {
    title: '移轉函', law: '消費爭議調解辦法 §6；行政程序法 §17 I', issues: 'transfer', to: [], cc: both,
    sections: async (facts) => [
      { title: '主旨', text: `消費爭議「${facts.state.title}」，移請${given(facts.answers).text('agency') || '貴府'}辦理，請查照。` },
      { title: '說明', text: `一、${await complained(facts)}\n二、移轉之理由：${given(facts.answers).note}` },
    ],
  },
  notice: {
    title: '調解期日通知書', law: '消費爭議調解辦法 §7、§22 III', issues: 'notify', to: both, proof: true,
    sections: async (facts) => {
      const { state, steps } = facts
      const objected = steps.findLast(({ step }) => step === 'objection')
      const again = state.stage === 'second-meeting' && objected
      return [
        { title: '主旨', text: `消費爭議「${state.title}」，${again ? '另定期日調解' : '定期調解'}，請準時到場。` }, ...meetingOf(facts),
        { title: '說明', text: again
          ? `一、另定期日之理由：${sides[state.objector!]}對小額消費爭議解決方案提出異議，要旨：${String(objected.answers.gist ?? '')}\n二、提出異議之當事人無正當理由不到場者，視為依該方案成立調解（消費者保護法第 45 條之 5 第 2 項；消費爭議調解辦法第 22 條）。`
          : '一、當事人得委任代理人，代理人應提出委任書（消費爭議調解辦法第 2 條第 3 項）；各得偕同輔佐人一人至三人（第 13 條）。\n二、無正當理由不到場者，視為調解不成立（第 19 條）；小額消費爭議得依到場當事人一方之請求或依職權提出解決方案（消費者保護法第 45 條之 4）。\n三、檢附申請調解書繕本。' },
      ]
    },
  },
  plan: {
    title: '解決方案書', law: '消費者保護法 §45-2、§45-4；消費爭議調解辦法 §16 II、§20 II', hint: '雙方各自從自己收到起十日的不變期間可以異議。小額方案不能公示送達。', after: ['plan', 'small-plan'], to: both, proof: true, signed: ['參與調解委員'],
    served: { step: 'plan-served', each: ({ role }) => ({ side: role === 'business' ? 'business' : 'consumer' }) },
    sections: ({ state }) => [
      { title: '解決方案之內容', text: `${state.planTerms ?? ''}${state.planTwd ? `\n給付金額${officialTwd(state.planTwd)}。` : ''}` },
      { title: '提出異議之期間與方式', text: objection },
      { title: '未異議之效果', text: state.plan === 'small'
        ? '未於期間內提出異議者，視為已依該方案成立調解（消費者保護法第 45 條之 5 第 1 項）。提出異議者另定期日；異議人無正當理由不到場者，視為已依該方案成立調解（同條第 2 項）。'
        : '未於期間內提出異議者，視為已依該方案成立調解；提出異議者，視為調解不成立（消費者保護法第 45 條之 3）。' },
    ],
  },
  objected: {
    title: '異議通知函', law: '消費爭議調解辦法 §18', after: ['objection'], fits: (state) => state.result === 'deemed-failed', to: both,
    sections: ({ state, steps }) => [
      { title: '主旨', text: `消費爭議「${state.title}」，${state.objector ? sides[state.objector] : '一方'}已對解決方案提出異議，視為調解不成立，請查照。` },
      { title: '說明', text: `一、異議之要旨：${String(steps.findLast(({ step }) => step === 'objection')?.answers.gist ?? '')}\n二、當事人得申請發給調解不成立證明書（消費爭議調解辦法第 27 條）。` },
    ],
  },
  settlement: {
    title: '消費爭議調解書', law: '消費爭議調解辦法 §26、§28', hint: '成立之日起十日內送法院審核。視為成立的不必當事人簽名，要記載事由。', after: ['settle', 'no-objection', 'objector-absent'], fits: (state) => state.result === 'settled' || state.result === 'deemed-settled', to: both, signed: ['當事人（視為成立者免）', '出席調解委員'],
    sections: async (facts) => {
      const { reader, state, steps } = facts
      const file = await findDisputeFile(reader, state.id)
      const met = steps.findLast(({ step }) => step === 'meet')
      const deemed = state.result === 'deemed-settled' ? (steps.some(({ step }) => step === 'objector-absent') ? '當事人對小額消費爭議解決方案提出異議，經另定調解期日，無正當理由不到場，依消費者保護法第 45 條之 5 第 2 項視為依該方案成立調解，爰無須當事人簽名。' : `解決方案送達後，當事人未於十日之不變期間內提出異議，依消費者保護法${state.plan === 'small' ? '第 45 條之 5 第 1 項' : '第 45 條之 3 第 2 項'}視為依該方案成立調解，爰無須當事人簽名。`) : ''
      return [
        { title: '調解事由', text: await complained(facts) },
        { title: '調解成立之內容', text: `${file.terms ?? ''}${file.settledTwd ? `\n給付金額${officialTwd(file.settledTwd)}。` : ''}` },
        ...(deemed ? [{ title: '視為成立之事由', text: deemed }] : []),
        { title: '出席調解委員及列席之人', text: String(met?.answers.who ?? '') },
        { title: '成立之場所及日期', text: `本縣消費爭議調解委員會　${state.resultOn ? rocLongDay(state.resultOn) : ''}` },
        { title: '說明', text: '本調解書送請法院審核；經法院核定後，與民事確定判決有同一之效力（消費者保護法第 46 條；消費爭議調解辦法第 28 條、第 30 條）。' },
      ]
    },
  },
  court: {
    title: '調解書送請審核函', law: '消費爭議調解辦法 §28 I', hint: '法院的名稱請填在其他受文者。', issues: 'to-court', to: [],
    sections: ({ state }) => [
      { title: '主旨', text: `檢送消費爭議「${state.title}」調解書及原卷，請審核，請查照。` },
      { title: '說明', text: `一、依消費者保護法第 46 條及消費爭議調解辦法第 28 條辦理。\n二、本件調解於${state.resultOn ? rocLongDay(state.resultOn) : ''}${state.result === 'deemed-settled' ? '視為成立' : '成立'}。` },
    ],
  },
  approved: {
    title: '檢送核定調解書函', law: '消費爭議調解辦法 §28 II、§30、§32', hint: '核定的調解書送達雙方；無效或得撤銷的，送達後三十日內向原核定法院起訴。', after: ['court-result'], fits: (state) => state.courtResult === 'approved', to: both, proof: true,
    served: { step: 'approved-served', each: ({ role }) => ({ side: role === 'business' ? 'business' : 'consumer' }) },
    sections: ({ state }) => [
      { title: '主旨', text: `檢送法院核定之消費爭議「${state.title}」調解書正本一份，請查照。` },
      { title: '說明', text: '一、經法院核定之調解，與民事確定判決有同一之效力，當事人就該事件不得再行起訴（消費爭議調解辦法第 30 條）。\n二、調解有無效或得撤銷之原因者，得於核定之調解書送達後三十日內，向原核定法院提起宣告調解無效或撤銷調解之訴（同辦法第 32 條）。\n三、民事事件已繫屬法院者，訴訟終結；原告得於送達之日起三個月內聲請退還已繳裁判費三分之二（消費者保護法第 46 條準用鄉鎮市調解條例第 28 條第 1 項）。' },
    ],
  },
  certificate: {
    title: '調解不成立證明書', law: '消費爭議調解辦法 §27', hint: '申請後七日內發給。', issues: 'certificate', fits: (state) => state.certificateAskedOn !== null, to: ['consumer'], proof: true,
    sections: async (facts) => [
      { title: '調解事由', text: await complained(facts) },
      { title: '證明事項', text: `上開消費爭議，於${facts.state.resultOn ? rocLongDay(facts.state.resultOn) : ''}${facts.state.result === 'deemed-failed' ? '視為調解不成立' : '調解不成立'}，特此證明。` },
    ],
  },
  letter: {
    title: '函', hint: '其他通知。', to: [], sections: ({ state }) => [{ title: '主旨', text: `消費爭議「${state.title}」（案號 ${state.number ?? state.followNo}），` }, { title: '說明', text: '一、' }],
  },
}

export const letters: Letters<DisputeState> = {
  procedure, kinds, draft: 'consumer-disputes.letters', issue: 'consumer-disputes.issue', open: 'consumer-disputes.open-personal-data', delays: civilService('消費爭議調解辦法 §29'), partyRoles, filing,
}
