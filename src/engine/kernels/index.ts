// One source, two builds: scripts/build-kernels.mjs compiles this file with and without relaxed SIMD.
export { activate, activateBack } from './activation';
export { addRows, copyRows, fill, regroup, scale, sumSquares } from './blocks';
export { erfArray, expArray, logArray, sigmoidArray, tanhArray } from './elementary-arrays';
export { lookUp, lookUpBack } from './embedding';
export { gemm, packColumns, packRows } from './gemm';
export { layerNorm, layerNormBack } from './layer-norm';
export { combineRows, keepRows, scaleRows, takeRows } from './merge';
export { adam, rmsprop, sgd } from './optimiser';
export { foldBack, unfold } from './patches';
export { peak } from './peak';
export { gruResetBack, gruState, gruStateBack, lstmBack, lstmCell } from './recurrent';
export { multiplyRow } from './row';
export { logSoftmax, logSoftmaxBack, softmax, softmaxBack } from './softmax';
