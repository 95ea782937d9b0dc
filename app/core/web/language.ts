/** The languages of the resident's pages and mails. A page's address says which; a row that holds one says in which its mails go. */
export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]
