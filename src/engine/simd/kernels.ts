import type { Kernels } from './kernel-exports.ts';
import { portableModule, relaxedModule } from './modules.ts';

export type { Kernels } from './kernel-exports.ts';

/** `relaxed` fuses multiply and add where the machine can; `portable` has the same bits on every machine. */
export type KernelVariant = 'relaxed' | 'portable';

/** Bytes at the beginning of the memory that stay zero: kernels read them where a sum starts from nothing. */
export const zeros = { address: 64, bytes: 256, end: 1024 } as const;

/** Whether this runtime compiles the variant now (Node 20 does not know relaxed SIMD until it is told to). */
export function hasVariant(variant: KernelVariant): boolean {
  return WebAssembly.validate(bytesOf(variant));
}

/** An instance of the kernels over a shared memory. */
export function loadKernels(variant: KernelVariant, memory: WebAssembly.Memory): Kernels {
  let module = compiled.get(variant);
  if (module === undefined) {
    module = new WebAssembly.Module(bytesOf(variant));
    compiled.set(variant, module);
  }
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}

const compiled = new Map<KernelVariant, WebAssembly.Module>();

function bytesOf(variant: KernelVariant): Uint8Array<ArrayBuffer> {
  const text = atob(variant === 'relaxed' ? relaxedModule : portableModule);
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
