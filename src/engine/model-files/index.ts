export * from './decode-model.ts';
export * from './encode-model.ts';
