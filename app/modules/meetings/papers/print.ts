import type { MeetingFile } from '../../../core/committees/queries.ts'
import { modes } from '../../../core/committees/words.ts'
import { chineseNumeral } from '../../../core/laws/numerals.ts'
import { linesOf, type Paper as PrintedPaper, type PaperLine } from '../../../core/reports/paper/paper.ts'
import { rocLongDay } from '../../../core/time.ts'
import { sectionName } from '../shown.ts'
import type { Papers } from './papers.ts'

const head = (file: MeetingFile): PaperLine[] => [
  { style: 'plain', text: `時間：${rocLongDay(file.heldOn)} ${file.startsAt}` },
  { style: 'plain', text: `地點：${file.place}${file.mode === 'on-site' ? '' : `（${modes[file.mode]}）`}` },
  { style: 'plain', text: `主席：${file.chair}` },
]

/** 議程, part by part, with what each unit asks; the files of the papers are not in it. */
export function agendaPaper({ file, papers }: Papers, county: string): PrintedPaper {
  const parts = [...new Set(papers.map(({ section }) => section ?? ''))]
  return {
    title: `${county}${file.title}議程`, on: file.heldOn,
    lines: [...head(file), ...parts.flatMap((part): PaperLine[] => [
      { style: 'label', text: sectionName(part) },
      ...papers.filter(({ section }) => (section ?? '') === part).flatMap((paper, i): PaperLine[] => [
        { style: 'item', label: `案由${chineseNumeral(i + 1)}`, text: `${paper.number ? `${paper.number} ` : ''}${paper.subject}${paper.unit ? `（${paper.unit}）` : ''}` },
        ...(paper.reason ? ([{ style: 'line', depth: 0, text: '說明：' }, ...linesOf('text', paper.reason)] as PaperLine[]) : []),
        ...(paper.proposal ? ([{ style: 'line', depth: 0, text: '擬辦：' }, ...linesOf('text', paper.proposal)] as PaperLine[]) : []),
      ]),
    ])],
  }
}

/** 紀錄 as it was written when the meeting ended. */
export function minutesPaper(file: MeetingFile, county: string): PrintedPaper {
  const [, ...lines] = file.minutes.split('\n')
  return {
    title: `${county}${file.title}紀錄`, on: file.heldOn,
    lines: [
      ...(file.approvedOn ? [{ style: 'source' as const, text: `${rocLongDay(file.approvedOn)}確認` }] : [{ style: 'source' as const, text: '尚未確認' }]),
      ...lines.filter((line) => line.trim()).map((text): PaperLine => (/^[壹貳參肆伍陸柒捌玖拾]、/.test(text) ? { style: 'label', text } : { style: 'plain', text })),
    ],
  }
}
