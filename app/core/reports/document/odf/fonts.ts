import { type Xml, el } from './xml.ts'

// LibreOffice takes the first of the list that the machine has; 新細明體 and 微軟正黑體 are on every Windows of an office. On Linux it
// replaces a missing first name by what the system thinks near before it reads on, so the name that distributions ship leads.
export const serif = 'ReportSerif'
export const sans = 'ReportSans'

export function fontFaces(): Xml {
  return el('office:font-face-decls', {},
    el('style:font-face', { 'style:name': serif, 'svg:font-family': "'Noto Serif CJK TC', 'Noto Serif TC', 'Source Han Serif TC', 新細明體, PMingLiU", 'style:font-family-generic': 'roman', 'style:font-pitch': 'variable' }),
    el('style:font-face', { 'style:name': sans, 'svg:font-family': "'Noto Sans CJK TC', 'Noto Sans TC', 微軟正黑體, 'Microsoft JhengHei'", 'style:font-family-generic': 'swiss', 'style:font-pitch': 'variable' }),
  )
}

/** Text properties for Chinese and Latin letters alike; size in points. */
export function textProperties(font: string, more: { size?: number; bold?: boolean; color?: string; spacing?: string; underline?: boolean } = {}): Xml {
  const { size, bold, color, spacing, underline } = more
  const points = size === undefined ? null : `${size}pt`
  const weight = bold === undefined ? null : bold ? 'bold' : 'normal'
  return el('style:text-properties', {
    'style:font-name': font, 'style:font-name-asian': font,
    'fo:font-size': points, 'style:font-size-asian': points,
    'fo:font-weight': weight, 'style:font-weight-asian': weight,
    'fo:color': color, 'fo:letter-spacing': spacing,
    'style:text-underline-style': underline ? 'solid' : null, 'style:text-underline-width': underline ? 'auto' : null,
    'style:text-underline-color': underline ? '#0d4f5c' : null,
    'fo:language': 'zh', 'fo:country': 'TW', 'style:language-asian': 'zh', 'style:country-asian': 'TW',
  })
}
