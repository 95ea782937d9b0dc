/**
 * Addresses that take in a form which no page shows while the cases of the attack stand at their first step: later steps, links from letters, what is made by hand first.
 * Odd strings are sent to them straight, under every name that a form or an act of their module knows. A form is taken off this list when a page shows it, and must not be added without a reason.
 */
export const withoutPage: Record<string, string[]> = {
  petitions: [
    '/petitions/new/send', '/en/petitions/new/send', '/petitions/filed/resend', '/en/petitions/filed/resend', '/petitions/confirm/:token', '/en/petitions/confirm/:token', '/petitions/follow/leave',
    '/en/petitions/follow/leave', '/petitions/follow/:followNo/supplement', '/petitions/follow/:followNo/withdraw', '/petitions/follow/:followNo/rating', '/petitions/follow/:followNo/consent',
    '/en/petitions/follow/:followNo/supplement', '/en/petitions/follow/:followNo/withdraw', '/en/petitions/follow/:followNo/rating', '/en/petitions/follow/:followNo/consent',
    '/console/petitions/publications/:name', '/console/petitions/publications/:name/withdraw', '/console/petitions/:name/register', '/console/petitions/:name/take-apart',
    '/console/petitions/:name/name-reader', '/console/petitions/:name/end-reader', '/console/petitions/dispatch-rules/:id', '/console/petitions/dispatch-rules/:id/move',
    '/console/petitions/dispatch-rules/:id/state', '/console/petitions/dispatch-rules/:id/trial', '/console/petitions/:name/dispatch', '/console/petitions/:name/accept',
    '/console/petitions/:name/drop-answer-file', '/console/petitions/:name/approve', '/console/petitions/:name/recall', '/console/petitions/inbox/dismiss', '/console/petitions/inbox/:id/petition',
    '/console/petitions/inbox/:id/case', '/console/petitions/inbox/:id/dismiss',
  ],
  members: [
    '/my/enter/:token', '/my/passkeys/options', '/my/passkeys', '/my/passkeys/:id/remove', '/my/sign-out', '/my/leave', '/vendor/enter/:token', '/vendor/passkeys/options', '/vendor/passkeys',
    '/vendor/passkeys/:id/remove', '/vendor/business', '/vendor/sign-out', '/vendor/leave',
    ...['/en/my', '/en/vendor'].flatMap((own) => ['enter/:token', 'passkeys/options', 'passkeys', 'passkeys/:id/remove', 'sign-out', 'leave'].map((what) => `${own}/${what}`)), '/en/vendor/business',
  ],
  regulations: [
    '/regulations/notices/:number', '/console/regulations/new', '/console/regulations/laws/:code/end', '/console/regulations/laws/:code/last-day', '/console/regulations/:name/comments',
    '/console/regulation-meetings/new', '/console/regulation-meetings/members/end', '/console/regulation-meetings/:name/record', '/console/regulation-meetings/:name/agenda',
    '/console/regulation-meetings/:name/invite', '/console/regulation-meetings/:name/invite-by-mail', '/console/regulation-meetings/:name/approve', '/console/regulation-meetings/:name/cancel', '/console/regulation-meetings/:name/move', '/console/regulation-meetings/:name/items/:item/recusal',
    '/console/regulation-meetings/:name/items/:item/votes',
  ],
  appeals: [
    '/appeals/follow/leave', '/appeals/follow/:followNo/papers', '/console/appeals/:name/letters/:letter/sent', '/console/appeals/:name/letters/:letter/served', '/console/appeals/:name/review',
    '/console/appeals/:name/review/opinion', '/console/appeals/:name/draft', '/console/appeals/:name/decision', '/console/appeals/:name/decision/original', '/console/appeals/:name/sequels',
    '/console/appeals/:name/sequels/result', '/console/appeals/:name/sequels/authority', '/console/appeals/:name/publication', '/console/appeals/:name/publication/withdraw', '/console/appeal-meetings/new',
    '/console/appeal-meetings/members/end', '/console/appeal-meetings/:name/record', '/console/appeal-meetings/:name/agenda', '/console/appeal-meetings/:name/invite', '/console/appeal-meetings/:name/invite-by-mail',
    '/console/appeal-meetings/:name/approve', '/console/appeal-meetings/:name/cancel', '/console/appeal-meetings/:name/move', '/console/appeal-meetings/:name/items/:item/recusal', '/console/appeal-meetings/:name/items/:item/votes',
  ],
  compensations: [
    '/compensation/confirm/:token', '/compensation/follow/leave', '/compensation/follow/:followNo/supplement', '/console/compensations/:name/manage/name-reader',
    '/console/compensations/:name/manage/remove-reader', '/console/compensations/:name/parties/:party', '/console/compensations/:name/opinions/:opinion',
    '/console/compensations/:name/letters/new/:kind', '/console/compensations/:name/letters/:letter', '/console/compensations/:name/letters/:letter/discard',
    '/console/compensations/:name/letters/:letter/issue', '/console/compensations/:name/letters/:letter/served', '/console/compensations/:name/take',
    '/console/compensation-negotiations/:name/record', '/console/compensation-negotiations/:name/cancel', '/console/compensation-councils/new', '/console/compensation-councils/members/end', '/console/compensation-councils/:name/record', '/console/compensation-councils/:name/agenda',
    '/console/compensation-councils/:name/invite', '/console/compensation-councils/:name/invite-by-mail', '/console/compensation-councils/:name/approve', '/console/compensation-councils/:name/cancel', '/console/compensation-councils/:name/move',
    '/console/compensation-councils/:name/items/:item/recusal', '/console/compensation-councils/:name/items/:item/votes',
  ],
  'consumer-disputes': [
    '/consumer-disputes/confirm/:token', '/consumer-disputes/follow/leave', '/consumer-disputes/follow/:followNo/supplement', '/console/consumer-disputes/:name/manage/name-reader',
    '/console/consumer-disputes/:name/manage/remove-reader', '/console/consumer-disputes/:name/parties/:party', '/console/consumer-disputes/:name/letters/new/:kind',
    '/console/consumer-disputes/:name/letters/:letter', '/console/consumer-disputes/:name/letters/:letter/discard', '/console/consumer-disputes/:name/letters/:letter/issue',
    '/console/consumer-disputes/:name/letters/:letter/served', '/console/consumer-disputes/:name/take',
    '/console/consumer-mediations/new', '/console/consumer-mediations/members/end', '/console/consumer-mediations/:name/record', '/console/consumer-mediations/:name/agenda',
    '/console/consumer-mediations/:name/invite', '/console/consumer-mediations/:name/invite-by-mail', '/console/consumer-mediations/:name/approve', '/console/consumer-mediations/:name/cancel', '/console/consumer-mediations/:name/move', '/console/consumer-mediations/:name/items/:item/recusal',
    '/console/consumer-mediations/:name/items/:item/votes',
  ],
  'legal-advice': [
    ...['/legal-advice', '/en/legal-advice'].flatMap((own) => ['book', 'mine/:token/confirm', 'mine/:token/accept', 'mine/:token/cancel', 'member/:number'].map((what) => `${own}/${what}`)),
    '/console/legal-advice/topics/questions/:id/delete', '/console/legal-advice/sessions/:number/check-in', '/console/legal-advice/sessions/:number/undo-arrival',
    '/console/legal-advice/sessions/:number/end-without', '/console/my-advice/:number/call',
  ],
  programme: [
    '/console/programmes/:name/projects/:project/undo', '/console/programmes/:name/hand-over', '/console/programmes/:name/publish',
  ],
  'annual-plans': [
    '/console/annual-plans/:year/deadline', '/console/annual-plans/:year/accept', '/console/plan-proposals/:number/review', '/console/annual-plans/:year/reviewers',
    '/console/annual-plans/:year/reviewers/end', '/console/annual-plans/:year/new', '/console/plan-proposals/:number/track', '/console/plan-proposals/:number/link',
    '/console/plan-proposals/:number/admit', '/console/plan-proposals/:number/advise', '/console/plan-proposals/:number/pin',
  ],
  control: [
    '/console/projects/:number/months/:month', '/console/projects/:number/months/:month/check', '/console/projects/:number/override/end', '/console/project-rounds/:month/chase',
    '/console/project-rounds/:month/publish', '/console/light-rules/drop',
  ],
  meetings: [
    '/console/meetings/:name/publication', '/console/meetings/:name/publication/withdraw', '/console/meetings/new', '/console/meeting-bodies/:code', '/console/meetings/:name/approve',
  ],
  relief: [
    '/console/relief/:name/evidence',
  ],
  perceived: [
    '/console/perceived/:name/approval', '/console/perceived/:name/unpublish', '/console/perceived/:name/evidence',
  ],
  clocks: [
    '/console/account/calendar/revoke', '/console/clocks/calendar/closures/:id/reopen', '/console/clocks/calendar/drafts/:id', '/console/clocks/rules/:id/period', '/console/clocks/rules/:id/confirm',
    '/console/clocks/rules/:id/in-force', '/console/clocks/rules/:id/withdraw',
  ],
  'council-report': [
    '/console/reports/:id/sections/:key/preview', '/console/reports/:id/sections/:key/reopen', '/console/reports/:id/sections/:key/versions', '/console/reports/:id/numbers',
    '/console/reports/:id/numbers/several', '/console/reports/:id/numbers/clear', '/console/reports/:id/pictures/remove',
  ],
  'personal-data': [
    '/privacy/confirm/:token', '/console/privacy/requests/:name/cases', '/console/privacy/requests/:name/correct', '/console/privacy/retention/make', '/console/privacy/holds/:id/release',
    '/console/privacy/destruction/:id/submit', '/console/privacy/destruction/:id/exclude', '/console/privacy/destruction/:id/decide',
  ],
  office: [
    '/console/hand-over', '/console/hand-over/take-back', '/console/privacy/requests/:name/preview', '/sign-in/second-factor', '/sign-in/passkey/options', '/console/prove', '/console/account/security/password', '/console/account/security/authenticator/remove',
    '/console/account/security/passkeys/:id/remove', '/console/account/security/authenticator/confirm', '/console/account/security/passkeys/new/options', '/console/account/deputies/:id/end',
    '/console/people/:id/unlink', '/console/people/:id/end-deputy/:deputy', '/console/units/:id/change', '/console/units/:id/close', '/console/units/:id/merge', '/console/mail/again',
    '/console/mail/:id/again', '/console/mail/:id/show', '/console/jobs/:id/again', '/console/jobs/:id/give-up',
  ],
}
