import { unitCode } from './units.ts'

export type DemoRule = { title: string; category: string | null; words: string[]; unit: string; weight: number }

const rule = (title: string, unit: string, weight: number, category: string | null, words: string[] = []): DemoRule => ({ title, category, words, unit: unitCode(unit), weight })

/** How the desk of the demonstration county dispatches: by words first, since a category alone says little. */
export const demoRules: DemoRule[] = [
  rule('路燈', '工務處', 60, null, ['路燈', '照明', '燈桿']),
  rule('路面與人孔', '工務處', 60, null, ['坑洞', '路面', '人孔', '柏油', '下陷']),
  rule('違規停車與超速', '警察局', 58, null, ['違規停車', '併排', '超速', '紅線', '取締', '闖紅燈']),
  rule('公車', '公共車船管理處', 65, null, ['公車', '站牌', '司機', '班次', '復康巴士']),
  rule('垃圾與水溝', '環境保護局', 58, null, ['垃圾', '水溝', '側溝', '惡臭', '廢棄']),
  rule('噪音與空污', '環境保護局', 62, null, ['噪音', '卡拉OK', '露天燃燒', '異味', '濃煙']),
  rule('自來水', '自來水廠', 65, null, ['自來水', '水壓', '漏水', '水費', '水表']),
  rule('違建與騎樓', '建設處', 62, null, ['違建', '加蓋', '騎樓', '鐵皮', '遮雨棚']),
  rule('動物', '動植物防疫所', 64, null, ['流浪犬', '流浪狗', '受傷的貓', '犬隻', '動物']),
  rule('福利補助', '社會處', 60, '社會福利'),
  rule('學校與學區', '教育處', 62, null, ['午餐', '學區', '幼兒園', '國小', '轉學']),
  rule('圖書館', '圖書館', 62, null, ['圖書館開館', '自修室', '親子閱讀']),
  rule('觀光', '觀光處', 58, '觀光'),
  rule('行道樹', '林務所', 60, null, ['行道樹', '樹木修剪', '樹枝']),
  rule('農漁', '建設處', 55, '農林漁牧', ['災害補助', '收購', '農機', '養殖', '下網']),
  rule('地方稅', '稅務局', 64, null, ['房屋稅', '牌照稅', '地價稅']),
  rule('地政', '地政局', 60, null, ['鑑界', '測量', '土地分割', '公有地']),
  rule('醫療與食品', '衛生局', 60, '醫療衛生'),
  rule('治安', '警察局', 58, '警政治安'),
  rule('碼頭', '港務處', 62, null, ['船班', '候船', '碼頭']),
]
