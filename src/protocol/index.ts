export * from './checks/index.ts';
export * from './content.ts';
export * from './declaration.ts';
export * from './declare.ts';
export * from './message.ts';
export * from './performative.ts';
export * from './protocol.ts';
export * from './rule.ts';
