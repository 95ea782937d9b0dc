import type { Language } from '../../../core/web/language.ts'

/** 個人資料保護法 §8 I: what must be told before personal data are collected from the person concerned. */
export function PrivacyNotice({ language, county }: { language: Language; county: string }) {
  const rows = language === 'en' ? english(county) : chinese(county)
  return <ol>{rows.map(([what, how]) => <li key={what}><strong>{what}</strong>{language === 'en' ? ': ' : '：'}{how}</li>)}</ol>
}

const chinese = (county: string): [string, string][] => [
  ['蒐集機關', county],
  ['目的', '處理人民陳情、回復陳情人，以及不含個人資料的統計'],
  ['資料類別', '姓名、電子郵件、電話、住址、您在信裡寫到的事，以及附件'],
  ['利用期間', '案件辦理期間及檔案保存年限；沒有送出的表單保存 24 小時，沒有確認的陳情在確認期限後刪除'],
  ['利用地區與對象', '本縣；本府、所屬機關與鄉鎮公所承辦這件案子的同仁。移轉給其他機關時會通知您'],
  ['利用方式', '電腦處理與書面；姓名、電話、住址、電子郵件以加密方式保存，同仁開啟時留下紀錄'],
  ['您的權利', '可以查詢、閱覽、要複本、補充更正，也可以請求停止使用或刪除（個人資料保護法第 3 條），請洽為民服務櫃檯'],
  ['不提供的影響', '姓名和電子郵件是必填的；沒有真實姓名或住址時，機關得不予處理（行政程序法第 173 條）'],
]

const english = (county: string): [string, string][] => [
  ['Who collects', county],
  ['Why', 'to work on your petition, to answer you, and to count without personal data'],
  ['What', 'name, e-mail, telephone, address, what you tell us, and your files'],
  ['How long', 'as long as the case and its file are kept; a form that was not sent 24 hours, a petition that was not confirmed until its time is over'],
  ['Where and by whom', 'in this county, by those of its offices who work on the case. If it is passed to another authority you are told'],
  ['How', 'by computer and on paper; name, telephone, address and e-mail are stored encrypted, and every opening is recorded'],
  ['Your rights', 'to ask, read, copy, correct, and to have use stopped or data erased (Personal Data Protection Act, Article 3), at the service counter'],
  ['If you do not give them', 'name and e-mail are needed; without a real name or address a petition may be set aside (Administrative Procedure Act, Article 173)'],
]
