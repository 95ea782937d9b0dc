import type { Random } from './random.ts'

export type Township = '金城鎮' | '金沙鎮' | '金湖鎮' | '金寧鄉' | '烈嶼鄉' | '烏坵鄉'

// Roads, communities and landmarks are invented; only the townships have real names.
const roads = ['風信路', '石獅路', '潮聲街', '木棉一路', '木棉二路', '望洋路', '高粱路', '花崗街', '晨鐘路', '麥浪路', '海印路', '候鳥路', '燈塔街', '蚵石路', '榕蔭路', '長堤路', '和風街', '書院路', '磚橋路', '北斗街', '南極星路', '貝殼街', '夏墅新路', '白鷺路']
const communities = ['東澳社區', '北風社區', '後浦溪社區', '石埕社區', '新榕社區', '下堡社區', '頂灣社區', '雙井社區', '海埔社區', '圓山社區', '長汀社區', '青埕社區']
const landmarks = ['社區活動中心', '國小側門', '公有市場', '衛生所', '圖書館分館', '候車亭', '土地公廟', '兒童公園', '運動場', '停車場入口', '加油站', '圓環', '水塔', '涼亭', '籃球場', '舊車站']
const districts: Record<Township, readonly number[]> = { 金城鎮: [0, 8], 金沙鎮: [4, 12], 金湖鎮: [8, 16], 金寧鄉: [12, 20], 烈嶼鄉: [16, 22], 烏坵鄉: [22, 24] }

export const townshipWeights: (readonly [Township | '縣外' | '', number])[] = [
  ['金城鎮', 33], ['金湖鎮', 22], ['金寧鄉', 19], ['金沙鎮', 12], ['烈嶼鄉', 6], ['烏坵鄉', 0.7], ['縣外', 4.5], ['', 3],
]

export type Place = { township: Township; road: string; otherRoad: string; number: number; lane: number; community: string; landmark: string }

export function makePlace(random: Random, township: Township): Place {
  const [from, to] = districts[township] as [number, number]
  const [road, otherRoad] = random.some(roads.slice(from, to), 2) as [string, string]
  return { township, road, otherRoad, number: random.int(1, 280), lane: random.int(2, 96), community: random.pick(communities), landmark: random.pick(landmarks) }
}

const durations = ['三天', '四、五天', '一個星期', '兩個星期', '半個多月', '快一個月', '一個多月', '兩個月', '好幾個月']
const hours = ['清晨五點多', '早上七點半左右', '上班尖峰時間', '中午休息時間', '下午四點多', '傍晚', '晚上八點以後', '晚上十點過後', '半夜', '凌晨一、兩點']

/** Fills {鎮} {路} {路2} {號} {巷} {社區} {地標} {多久} {時段} {次} in a sentence. */
export function fill(template: string, place: Place, random: Random): string {
  return template.replace(/\{(.+?)\}/g, (_, slot: string) => {
    switch (slot) {
      case '鎮': return place.township
      case '路': return place.road
      case '路2': return place.otherRoad
      case '號': return `${place.number}號`
      case '巷': return `${place.lane}巷`
      case '社區': return place.community
      case '地標': return place.landmark
      case '多久': return random.pick(durations)
      case '時段': return random.pick(hours)
      case '次': return random.pick(['兩', '三', '四', '好幾'])
      default: throw new Error(`no such slot: ${slot}`)
    }
  })
}
