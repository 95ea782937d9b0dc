// The words that every committee shares. What it decides, and what its meetings are called, is its module's.

export const seats = { chair: '主任委員', 'vice-chair': '副主任委員', member: '委員', alternate: '候補委員', other: '列席' } as const
export type Seat = keyof typeof seats

export const attendances = { present: '出席', video: '視訊出席', deputy: '代理出席', leave: '請假', absent: '缺席' } as const
export type Attendance = keyof typeof attendances

export const modes = { 'on-site': '到場', hybrid: '到場及視訊', video: '視訊' } as const
export type Mode = keyof typeof modes

export const votes = { for: '贊成', against: '反對', abstain: '棄權' } as const
export type Vote = keyof typeof votes

export const askers = { self: '自行迴避', party: '當事人申請', agency: '機關命其迴避' } as const
export type Asker = keyof typeof askers

/** Why a member does not sit on an item. */
export const grounds = {
  interest: { label: '與事件有利害關係', law: '訴願法 §55' },
  relative: { label: '本人、配偶、前配偶、四親等內血親或三親等內姻親為當事人', law: '行政程序法 §32 ①' },
  'joint-interest': { label: '本人、配偶或前配偶與當事人有共同權利人或共同義務人之關係', law: '行政程序法 §32 ②' },
  agent: { label: '現為或曾為該事件當事人之代理人、輔佐人', law: '行政程序法 §32 ③' },
  witness: { label: '於該事件曾為證人、鑑定人', law: '行政程序法 §32 ④' },
  household: { label: '調解事項涉及本身或其同居家屬', law: '消費爭議調解辦法 §10' },
  bias: { label: '有具體事實，足認執行職務有偏頗之虞', law: '行政程序法 §33 I ②' },
} as const
export type Ground = keyof typeof grounds

export const meetingStages = { planned: '已排定', closed: '已結束' } as const
export const meetingOutcomes = { held: '已召開', cancelled: '取消' } as const
