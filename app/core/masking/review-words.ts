import type { Review } from './mask.ts'

/** Words that only a person can judge, with the reason (rules.md §4). */
const groups: { why: string; words: RegExp }[] = [
  { why: '病歷、醫療、健康檢查：特種個人資料（個資法 §6）', words: /癌|腫瘤|洗腎|中風|失智|精神(?:病|疾病|障礙|科)|憂鬱|躁鬱|思覺|自閉|過動|愛滋|HIV|結核|B肝|C肝|糖尿|病歷|確診|染疫|懷孕|流產|墮胎|長照|身心障礙|身障|殘障|輪椅|臥床|住院|手術/gi },
  { why: '犯罪前科：特種個人資料（個資法 §6）', words: /前科|犯罪紀錄|假釋|更生人|服刑|通緝|起訴|判刑/g },
  { why: '性生活、基因：特種個人資料（個資法 §6）', words: /性侵|性騷|性交易|同性戀|變性|基因|DNA/gi },
  { why: '未成年人、家暴或性侵被害人：任何線索都要遮去', words: /未成年|兒童|學生|小孩|女兒|兒子|國小|國中|幼兒園|家暴|受虐|被害人|保護令|霸凌/g },
  { why: '可能是檢舉：檢舉一律不公開', words: /檢舉|舉發|告發|吹哨|匿名/g },
  { why: '可能是姓名：請看是不是私人', words: new RegExp(`[${commonSurnames()}](?:[\\p{Script=Han}]{1,2})(?=(?:先生|小姐|女士|太太|老師|老闆|里長|村長|醫師|同學|伯伯|阿姨))`, 'gu') },
  { why: '可能是姓名：請看是不是私人', words: new RegExp(`(?<=(?:聯絡人|連絡人|洽|屋主|地主|住戶|店家|老闆|居民|鄉親|里民|村民)\\s?[：:]?\\s?)(?!\\p{Script=Han}{0,5}(?:處|局|所|科|課|公司))[${commonSurnames()}]\\p{Script=Han}{1,2}`, 'gu') },
  { why: '可能是姓名：請看是不是私人', words: new RegExp(`(?<=(?:太太|先生|丈夫|妻子?|兒子|女兒|父親|母親|爸爸|媽媽|哥哥|弟弟|姊姊|姐姐|妹妹|配偶|學生|鄰居|房東|房客|同事|友人|朋友|當事人|姓名|名叫|叫做|我叫|我是))[${commonSurnames()}][\\p{Script=Han}]{2}`, 'gu') },
  { why: '可能是姓名（外文拼音）：請看是不是私人', words: /(?<![A-Za-z])[A-Z][a-z]{1,9}[ -][A-Z][a-z]{2,9}(?:-?[a-z]{2,9})?(?![A-Za-z])/g },
  { why: '可能是出生年次：請看是不是私人', words: /[\d〇零一二三四五六七八九]{2,4}年次/g },
  { why: '可能是住處：巷弄或門牌', words: /[\d一二三四五六七八九十]+(?:巷|弄)|(?<![月第\d一二三四五六七八九十])[\d一二三四五六七八九十]+(?:之[\d一二三四五六七八九十]+)?號(?!公車|碼頭|出口|道|線|誌)|\d+\s*(?:樓|室)之?/g },
  { why: '長數字：可能是號碼', words: /(?<![\d.])\d[\d-]{7,}\d(?![\d.])/g },
]

function commonSurnames(): string {
  return '陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬董唐溫藍石歐辜倪'
}

/** Each place once, in the order of the reasons. */
export function reviewWords(text: string): Review[] {
  return groups.flatMap(({ why, words }) => [...new Set([...text.matchAll(words)].map((match) => match[0]))].map((found) => ({ text: found, why })))
}
