// Where Word and Excel keep who worked on a file, when and where (ECMA-376 parts 1 and 4; people and comments also [MS-DOCX], [MS-XLSX]).

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const empty: Record<string, string> = {
  'docProps/core.xml': `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`,
  'docProps/app.xml': `${declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`,
  'docProps/custom.xml': `${declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`,
  'word/people.xml': `${declaration}<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>`,
}

/** Attributes that name a person; at other elements of these parts there are none of these names. */
const ofPeople = /(\s(?:w|w15):(?:author|initials|userId|providerId)=)(?:"[^"]*"|'[^']*')/g
const ofSheetPeople = /(\s(?:displayName|userId|userName)=)(?:"[^"]*"|'[^']*')/g

/** Parts that go whole: data that programs keep beside the text (forms' fields, document management, labels of an organisation) and the printer with its path. */
export const isLeftOutOfOoxml = (name: string): boolean => /^(customXml|docMetadata)\/|^(word|xl)\/printerSettings\//.test(name)
const toLeftOut = /<Relationship\b[^>]*\/(metadata\/thumbnail|customXml|classificationlabels|printerSettings)["'][^>]*\/>/g
const typesOfLeftOut = /<Override\b[^>]*\bPartName=["']\/(customXml|docMetadata)\/[^>]*\/>/g

/** A part's XML without them; parts that hold nothing else become empty. */
export function cleanOoxmlPart(name: string, xml: string): string {
  if (empty[name]) return empty[name]
  if (name === '[Content_Types].xml') return xml.replace(typesOfLeftOut, '')
  if (name === '_rels/.rels' || /^(word|xl)\/_rels\/(document|workbook)\.xml\.rels$|^xl\/\w+\/_rels\//.test(name)) return xml.replace(toLeftOut, '')
  if (name === 'word/settings.xml') return xml.replace(/<w:attachedTemplate\b[^>]*\/>/g, '')
  if (name === 'word/_rels/settings.xml.rels') return xml.replace(/<Relationship\b[^>]*\/attachedTemplate["'][^>]*\/>/g, '')
  if (name.startsWith('word/')) return withoutAnyDates(xml)
  if (name === 'xl/workbook.xml') return xml.replace(/<x15ac:absPath\b[^>]*\/>/g, '').replace(ofSheetPeople, '$1""')
  if (/^xl\/(work|chart|dialog)sheets\//.test(name)) return xml.replace(/(<pageSetup\b[^>]*?)\sr:id=(?:"[^"]*"|'[^']*')/g, '$1')
  if (/^xl\/(persons|revisions)\//.test(name)) return xml.replace(ofSheetPeople, '$1""')
  if (/^xl\/comments[^/]*\.xml$|^xl\/comments\//.test(name)) return xml.replace(/<((?:\w+:)?author)>[^<]*<\/\1>/g, '<$1></$1>')
  return xml
}

/** Moments are taken away whole, since an empty one is none; names are emptied, since they must be there. */
const withoutAnyDates = (xml: string): string => xml.replace(/\s(?:w:date|w16du:dateUtc|w16cex:dateUtc)=(?:"[^"]*"|'[^']*')/g, '').replace(ofPeople, '$1""')

/** What the reader of the file would see and its sender may not know of. */
export function findInOoxml(names: string[], textOf: (name: string) => string): string[] {
  const written = names.filter((name) => /^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/.test(name)).map(textOf).join('')
  const tracked = /<w:(ins|del|moveFrom|moveTo)\b[^>]*\bw:(id|author)=/.test(written) || names.some((name) => /^xl\/revisions\//.test(name))
  const comments = /<w:commentReference\b/.test(written) || names.some((name) => /^xl\/(comments|threadedComments)/.test(name))
  const hidden = /<(\w+:)?sheet\b[^>]*\sstate=["'](hidden|veryHidden)["']/.test(textOf('xl/workbook.xml'))
  return [
    ...(tracked ? ['還有追蹤修訂，收到的人看得到改了什麼'] : []),
    ...(comments ? ['還有註解，收到的人看得到'] : []),
    ...(hidden ? ['有隱藏的工作表，收到的人可以打開'] : []),
  ]
}
