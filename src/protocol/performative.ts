/**
 * The communicative acts that agents use here, and what each says.
 *
 * Source: FIPA SC00037J (2002), "Communicative Act Library": 12 of its 22 acts and query-ref.
 */
export const performatives = {
  'accept-proposal': 'accepts an offer that was made',
  agree: 'agrees to do what was requested',
  cancel: 'no longer wants what it asked for or offered',
  cfp: 'calls for proposals',
  failure: 'tried what was asked, and failed',
  inform: 'says that something is so',
  'not-understood': 'did not understand what was said',
  propose: 'offers to do something under conditions',
  'query-ref': 'asks which thing something is',
  refuse: 'will not do what was asked, and why',
  'reject-proposal': 'turns down an offer that was made',
  request: 'asks for something to be done',
  subscribe: 'asks to be told whenever something changes',
} as const;

export type Performative = keyof typeof performatives;

export const performativeIds = Object.keys(performatives) as readonly Performative[];
