import type { Calculator } from './calculator.ts'

export const compensation: Calculator = {
  slug: 'compensation',
  title: '國家賠償期限',
  about: '路不平跌倒、公務員違法造成損害，多久內要請求；機關多久內要跟您協議。',
  lead: ['請求國家賠償，要在知道有損害起二年內、損害發生起五年內，看哪一個先到。', '填您知道的日期就好，可以只填一個。'],
  questions: [
    { about: '還沒有請求', fields: [
      { kind: 'day', name: 'known', label: '知道有損害、也知道機關要負責的日期', hint: '例如知道路面破損由誰管理的那一天' },
      { kind: 'day', name: 'damage', label: '損害發生的日期', hint: '例如跌倒受傷那一天' },
    ] },
    { about: '已經請求，或在協議', fields: [
      { kind: 'day', name: 'claimed', label: '書面請求送到機關的日期' },
      { kind: 'day', name: 'meeting', label: '第一次協議的日期', hint: '看通知書寫的協議期日，不是收到通知的那一天' },
      { kind: 'day', name: 'payment', label: '協議成立後，請求機關付款的日期' },
    ] },
  ],
  startDays: ['known', 'damage', 'claimed', 'meeting', 'payment'],
  steps: [
    {
      key: 'claim', rule: 'sc-prescription', from: 'known', who: 'you', title: '提出請求的最後一天',
      params: ({ days }) => (days.damage ? { damageOn: days.damage } : {}),
      lapse: '過了這一天，請求權就因時效消滅（國家賠償法 §8），機關可以拒絕賠償。',
      notes: ['二年從知道起算，五年從損害發生起算，先到的為準。', '要先以書面向機關請求，不能直接告（國家賠償法 §10）。'],
    },
    {
      key: 'claimFromDamage', rule: 'sc-prescription', from: 'damage', when: ({ days }) => !days.known, who: 'you', title: '無論何時知道，提出請求的最後一天',
      params: () => ({ clock: 'damage' }),
      lapse: '過了這一天，請求權就因時效消滅（國家賠償法 §8），機關可以拒絕賠償。',
      notes: ['知道有損害起滿二年的那一天如果更早，以那一天為準。'],
    },
    {
      key: 'open', rule: 'sc-open-negotiation-30d', from: 'claimed', who: 'office', title: '機關應開始協議的最後一天',
      lapse: '過了這一天機關還沒有開始協議，或拒絕賠償，您可以向法院起訴（國家賠償法 §11）。',
    },
    {
      key: 'negotiate', rule: 'sc-negotiation-60d', from: 'meeting', who: 'you', title: '協議應成立的最後一天',
      lapse: '過了這一天協議還不成立，您可以向法院起訴，也可以請機關發協議不成立證明書（國家賠償法 §11、國家賠償法施行細則 §26）。',
      notes: ['您也可以申請繼續協議，以一次為限。'],
    },
    {
      key: 'pay', rule: 'sc-pay-30d', from: 'payment', who: 'office', title: '機關應付款或開始回復原狀的最後一天',
      lapse: '協議書可以作為執行名義，聲請法院強制執行（國家賠償法 §10）。',
    },
  ],
  next: ['請求書寫明請求權人、事實、理由、證據、請求的金額，交給賠償義務機關（國家賠償法施行細則 §17）。'],
  example: { known: '114/1/15', damage: '114/1/10', claimed: '115/1/28' },
}
