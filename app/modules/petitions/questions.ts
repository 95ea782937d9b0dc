/** A line or clause that begins with a number: 一、 （二） 1. 2、 (3) ③ 第一， */
const numbered = /(?:^|[\n。；：:？?！!，,])\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．)）](?!\d)|[①-⑳]|第[一二三四五六七八九十]{1,2}[，、點：])/g

/** The numbered questions of a letter, without their numbers, at most 20; a single one is no list. Each is to be answered or marked. */
export function findQuestions(letter: string): string[] {
  const found = [...letter.matchAll(numbered)]
  if (found.length < 2) return []
  return found
    .map((match, at) => {
      const next = found[at + 1]
      // the mark before the next number ends this question, and belongs to it
      const end = next === undefined ? letter.length : next.index + (/^[。？?！!；]/.test(next[0]) ? 1 : 0)
      return letter.slice(match.index + match[0].length, end).split(/\n\s*\n/)[0]!.trim().slice(0, 300)
    })
    .filter(Boolean)
    .slice(0, 20)
}
