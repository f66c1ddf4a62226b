export { sanityBandit } from './bandit.ts';
export { sanityContinuous } from './continuous.ts';
export { sanityCredit } from './credit.ts';
export { sanityCrowd } from './crowd.ts';
export { sanityGuests } from './guests.ts';
export { sanityMasks } from './masks.ts';
export { sanityMemory } from './memory.ts';
export { sanityNoise } from './noise.ts';
