export type { TensorFlow } from './tensorflow.ts';
export { createTfjsEngine, type TfjsEngine, type TfjsEngineOptions } from './tfjs-engine.ts';
