import { chosen, given, type LetterFacts, type LetterKind, type Letters } from '../../../core/procedure/letters/letter.ts'
import { officialTwd } from '../../../core/money.ts'
import { dayOf, rocLongDay } from '../../../core/time.ts'
import { civilDelays } from '../carry-out.ts'
import type { ClaimState } from '../claim.ts'
import { filing } from '../portal/filing.ts'
import { findClaimFile } from '../queries.ts'
import { bases, partyRoles } from '../schema.ts'
import { procedure } from '../steps.ts'

type Facts = LetterFacts<ClaimState>

/** What the claim says, as a paper sums it up. */
async function claimed({ reader, state }: Facts): Promise<string> {
  const file = await findClaimFile(reader, state.id)
  const asks = [state.requestedTwd === null ? '' : `請求賠償${officialTwd(state.requestedTwd)}`, state.restoration ? `請求回復原狀：${state.restoration}` : ''].filter(Boolean).join('，')
  return `請求權人於${rocLongDay(dayOf(state.receivedAt!))}以書面請求國家賠償，主張略以：${file.facts.trim()}${asks ? `\n${asks}。` : ''}`
}

const agencyOf = (state: ClaimState) => [state.agency]
const toSue = '如不服，得依國家賠償法第 11 條第 1 項向管轄法院提起損害賠償之訴，起訴時應提出本文書（國家賠償法施行細則第 37 條）。'

/** The papers of rules.md §2.3, §3.2. Each is drafted from the case, checked by another, and goes with a step of the procedure. */
const kinds: Record<string, LetterKind<ClaimState>> = {
  correction: {
    title: '補正通知書', law: '國家賠償法施行細則 §17 II、§14', hint: '補正的期間從送達起算。', served: { step: 'ask-correction' }, to: ['claimant'], proof: true,
    sections: ({ state, answers }) => [
      { title: '主旨', text: `「${state.title}」國家賠償請求，請於本通知送達之次日起 ${given(answers).number('days') ?? 14} 日內補正。` },
      { title: '說明', text: `一、應補正之事項：\n${given(answers).text('asked')}\n二、${given(answers).text('defect') === 'power' ? '代理權有欠缺，逾期未補正者，其協議不生效力（國家賠償法施行細則第 14 條）。' : '依國家賠償法施行細則第 17 條辦理。'}\n三、三十日之期間不因補正停止。` },
    ],
  },
  superior: {
    title: '請求確定賠償義務機關函', law: '國家賠償法 §9 IV', served: { step: 'ask-superior' }, to: [], cc: ['claimant'], proof: true,
    sections: async (facts) => [
      { title: '主旨', text: `「${facts.state.title}」國家賠償請求，賠償義務機關不能確定或有爭議，請依國家賠償法第 9 條第 4 項確定，請查照。` },
      { title: '說明', text: `一、${await claimed(facts)}\n二、爭議之情形：${given(facts.answers).note}\n三、請於收受之日起二十日內確定。` },
    ],
  },
  transfer: {
    title: '移送函', law: '行政程序法 §17 I', issues: 'transfer', to: [], cc: ['claimant'],
    sections: async (facts) => [
      { title: '主旨', text: `「${facts.state.title}」國家賠償請求，移請${given(facts.answers).text('agency') || '貴機關'}辦理，並通知請求權人。` },
      { title: '說明', text: `一、${await claimed(facts)}\n二、本府不是賠償義務機關之理由：${given(facts.answers).note}\n三、檢附全卷。` },
    ],
  },
  notice: {
    title: '協議期日通知書', law: '國家賠償法施行細則 §21、§30、§31', hint: '第一次期日至遲五日前送達；通知所載的第一次期日就是開始協議的日子。', issues: 'notify', to: ['claimant', 'liable'], othersCc: agencyOf, proof: true,
    // the five days are those of the claimant
    served: { step: 'notice-served', each: ({ role }) => (role === 'claimant' ? {} : null) },
    sections: ({ state, answers }) => {
      const at = given(answers)
      return [
        { title: '主旨', text: `「${state.title}」國家賠償事件，定期協議，請準時到場。` },
        { title: '期日', text: at.day('meetingOn') ? `${rocLongDay(at.day('meetingOn')!)} ${at.text('startsAt')}` : '　年　月　日' },
        { title: '處所', text: at.text('place') },
        { title: '說明', text: '一、請攜帶身分證明文件及本件之證據；委任代理人者，應提出委任書（國家賠償法施行細則第 7 條、第 8 條）。\n二、到場之人得陳述意見；協議應作成紀錄（國家賠償法施行細則第 23 條）。\n三、自開始協議之日起逾六十日協議不成立者，得提起損害賠償之訴，或請求繼續協議一次（國家賠償法第 11 條、施行細則第 26 條）。' },
      ]
    },
  },
  approval: {
    title: '報請核定函', law: '國家賠償法施行細則 §24、§25', served: { step: 'ask-approval' }, to: [], proof: true, hint: '核定機關的名稱請填在其他受文者。',
    sections: async (facts) => [
      { title: '主旨', text: `「${facts.state.title}」國家賠償事件，擬賠償${officialTwd(given(facts.answers).number('amount') ?? 0)}，逾得逕行決定之限度，請核定。` },
      { title: '說明', text: `一、${await claimed(facts)}\n二、賠償之依據及計算：\n三、請於接到之日起十五日內核定（國家賠償法施行細則第 25 條第 3 項）。` },
    ],
  },
  refusal: {
    title: '拒絕賠償理由書', law: '國家賠償法施行細則 §19', hint: '以書面敘明拒絕賠償的理由，送達請求權人，並通知有關機關；要在收到請求起三十日內。', issues: 'refuse', to: ['claimant'], othersCc: agencyOf, proof: true,
    sections: async (facts) => {
      const { state, answers } = facts
      const ground = given(answers).text('ground')
      return [
        { title: '主文', text: '拒絕賠償。' },
        { title: '事實', text: await claimed(facts) },
        { title: '理由', text: `${given(facts.answers).note}${ground ? `\n據上，${chosen(procedure, 'refuse', state, 'ground', ground)}，爰依國家賠償法施行細則第 19 條拒絕賠償。` : ''}` },
        { title: '救濟', text: toSue },
      ]
    },
  },
  agreement: {
    title: '國家賠償協議書', law: '國家賠償法 §10 II；施行細則 §27', hint: '協議成立後十日內送達；協議書得為執行名義。', after: ['agree'], served: { step: 'agreement-served' }, to: ['claimant'], others: agencyOf, proof: true, signed: ['請求權人（代理人）', '賠償義務機關代表人'],
    sections: async (facts) => {
      const { reader, state, steps } = facts
      const [file, agreed] = [await findClaimFile(reader, state.id), steps.findLast(({ step }) => step === 'agree')]
      const terms = [state.agreedTwd ? `賠償義務機關賠償請求權人${officialTwd(state.agreedTwd)}。` : '', state.restoration ? `賠償義務機關回復原狀：${state.restoration}。` : '', agreed?.answers.waiver ? '請求權人對同一原因事實之其他損害，拋棄賠償請求權。' : ''].filter(Boolean)
      return [
        { title: '賠償義務機關', text: state.agency ?? '' },
        { title: '請求之事件', text: await claimed(facts) },
        { title: '協議之內容', text: terms.map((term, i) => `${['一', '二', '三'][i]}、${term}`).join('\n') },
        { title: '賠償之依據', text: file.basis ? bases[file.basis] : '' },
        { title: '協議成立之日期', text: state.decidedOn ? rocLongDay(state.decidedOn) : '' },
        { title: '說明', text: '本協議書得為執行名義（國家賠償法第 10 條第 2 項）。請款時提出本協議書；賠償義務機關於收到請求之日起三十日內支付或開始回復原狀（國家賠償法施行細則第 5 條）。' },
      ]
    },
  },
  certificate: {
    title: '協議不成立證明書', law: '國家賠償法施行細則 §26 I、§37', hint: '依請求權人的申請發給。', issues: 'certificate', to: ['claimant'], othersCc: agencyOf, proof: true, fits: (state) => state.firstMeetingOn !== null && (state.stage === 'negotiating' || state.decision === 'failed'),
    sections: async (facts) => [
      { title: '請求之事件', text: await claimed(facts) },
      { title: '開始協議之日期', text: rocLongDay(facts.state.firstMeetingOn!) },
      { title: '證明事項', text: `上開國家賠償事件，自開始協議之日起協議不成立${facts.state.negotiationDueOn ? `（六十日之期間至${rocLongDay(facts.state.negotiationDueOn)}）` : ''}，特此證明。` },
      { title: '救濟', text: '請求權人得依國家賠償法第 11 條第 1 項向管轄法院提起損害賠償之訴，起訴時應提出本證明書（國家賠償法施行細則第 37 條）。' },
    ],
  },
  recourse: {
    title: '求償通知書', law: '國家賠償法 §2 III、§3 V、§4 II；施行細則 §41', hint: '先行協商；求償權自支付或回復原狀之日起二年內行使（§8 II）。受文者請填應負責的人。', after: ['recourse'], fits: (state) => state.recourse === 'agreed' || state.recourse === 'sued', to: ['liable'], proof: true,
    sections: async ({ reader, state }) => {
      const { recourseTwd } = await findClaimFile(reader, state.id)
      return [
        { title: '主旨', text: `「${state.title}」國家賠償事件，本府已賠償，依法向臺端求償${recourseTwd === null ? '' : officialTwd(recourseTwd)}。` },
        { title: '說明', text: `一、本府於${state.paidOn ? rocLongDay(state.paidOn) : ''}支付賠償。\n二、應負責之原因：\n三、請於文到後三十日內與本府協商清償；不能協商者，本府將依法起訴（國家賠償法施行細則第 41 條）。` },
      ]
    },
  },
  letter: {
    title: '函', hint: '其他通知：徵詢意見、函復、請提供資料。', to: [], sections: ({ state }) => [{ title: '主旨', text: `「${state.title}」國家賠償事件（案號 ${state.number ?? state.followNo}），` }, { title: '說明', text: '一、' }],
  },
}

export const letters: Letters<ClaimState> = {
  procedure, kinds, draft: 'compensations.letters', issue: 'compensations.issue', open: 'compensations.open-personal-data', delays: civilDelays, partyRoles, filing,
}
