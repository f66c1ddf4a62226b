export * from './channel.ts';
export * from './context-independence.ts';
export * from './disentanglement.ts';
export * from './distance.ts';
export * from './heard.ts';
export { conditionalEntropy, countPairs, entropy, type JointTable, mutualInformation } from './information.ts';
export * from './languages.ts';
export * from './topographic-similarity.ts';
