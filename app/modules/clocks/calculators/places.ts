import { nearestNames } from '../../../core/clocks/nearest-names.ts'

/** The county whose offices this portal speaks of, as the travel table writes it. */
export const officeCounty = '金門縣'

/** Names of the travel table. 訴願扣除在途期間辦法 (104/2/9). */
export const placeNames: readonly string[] = [
  '金門縣', '金門縣烏坵鄉', '連江縣', '澎湖縣', '臺北市', '新北市', '基隆市', '桃園市', '新竹市', '新竹縣', '苗栗縣', '臺中市', '彰化縣', '南投縣', '雲林縣', '嘉義市', '嘉義縣', '臺南市', '高雄市',
  '屏東縣', '宜蘭縣', '花蓮縣', '臺東縣', '大陸地區', '香港', '澳門', '亞洲', '大洋洲', '美洲', '歐洲', '非洲',
]

/** The place meant, written as the table does; or the names most like it. */
export function findPlace(text: string): { place: string } | { near: string[] } {
  const name = text.trim().replace(/^台/, '臺').replaceAll(/\s/g, '')
  if (placeNames.includes(name)) return { place: name }
  return { near: nearestNames(name, placeNames) }
}
