import type { Language } from '../../../../core/web/language.ts'

/** Townships and categories in the language of the page; what has no English name stays as it is. */
export const townshipName = (language: Language, name: string): string => (language === 'en' ? (townships[name] ?? name) : name === '縣外' ? '在本縣以外' : name)
export const categoryName = (language: Language, name: string): string => (language === 'en' ? (categories[name] ?? name) : name)

const townships: Record<string, string> = {
  金城鎮: 'Jincheng', 金沙鎮: 'Jinsha', 金湖鎮: 'Jinhu', 金寧鄉: 'Jinning', 烈嶼鄉: 'Lieyu', 烏坵鄉: 'Wuqiu', 縣外: 'Outside the county',
}

const categories: Record<string, string> = {
  道路交通: 'Roads and traffic', 路燈號誌: 'Street lights and signals', 環境衛生: 'Cleanliness and waste', 噪音空污: 'Noise and air', 違章建築: 'Unlawful building', 社會福利: 'Social welfare',
  教育文化: 'Education and culture', 觀光: 'Tourism', 農林漁牧: 'Farming and fishing', 公共工程: 'Public works', 自來水: 'Water supply', 地政稅務: 'Land and tax', 警政治安: 'Police and safety',
  醫療衛生: 'Health care', 動物保護: 'Animals', 海岸港埠: 'Coast and ports', 人事服務態度: 'Staff and service', 其他: 'Other',
}
