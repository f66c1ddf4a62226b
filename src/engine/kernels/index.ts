// One source, two builds: scripts/build-kernels.mjs compiles this file with and without relaxed SIMD.
export { activate, activateBack, softmax, softmaxBack } from './activation';
export { addRows, copyRows, fill, regroup, scale, sumSquares } from './blocks';
export { expArray, logArray, sigmoidArray, tanhArray } from './elementary-arrays';
export { gemm, packColumns, packRows } from './gemm';
export { adam, rmsprop, sgd } from './optimiser';
export { peak } from './peak';
export { multiplyRow } from './row';
