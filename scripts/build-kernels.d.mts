/** The text of src/engine/simd/modules.ts, compiled afresh. */
export declare function buildKernels(): Promise<string>;
