/** A line or clause that begins with a number: 一、 （二） 1. 2、 (3) ③ 第一， */
const numbered = /(?:^|[\n。；：:])\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．)）](?!\d)|[①-⑳]|第[一二三四五六七八九十]{1,2}[，、點：])/g

/** The numbered questions of a letter, without their numbers, at most 20; a single one is no list. Each is to be answered or marked. */
export function findQuestions(letter: string): string[] {
  const starts = [...letter.matchAll(numbered)].map((match) => match.index + match[0].length)
  if (starts.length < 2) return []
  return starts
    .map((start, at) => {
      const next = starts[at + 1]
      const end = next === undefined ? letter.length : letter.slice(0, next).search(/[\n。；：:]?\s*[^\n。；：:]{0,5}$/)
      const paragraph = letter.slice(start, Math.max(end, start)).split(/\n\s*\n/)[0]!
      return paragraph.trim().slice(0, 300)
    })
    .filter(Boolean)
    .slice(0, 20)
}
