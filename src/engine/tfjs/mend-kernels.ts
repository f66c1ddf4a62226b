import type { TensorFlow, TensorInfo } from './tensorflow.ts';

type Values = Float32Array | Int32Array | Uint8Array;
type KernelConfig = Parameters<TensorFlow['registerKernel']>[0];
type KernelFunction = KernelConfig['kernelFunc'];

interface Backend {
  write(values: Values, shape: number[], dtype: string): TensorInfo['dataId'];
  readSync(dataId: TensorInfo['dataId']): Values;
}

interface CpuBackend extends Backend {
  makeTensorInfo(shape: number[], dtype: string, values: Values): TensorInfo;
  disposeIntermediateTensorInfo(info: TensorInfo): void;
}

/** What gradients of convolutions and embeddings need and the wasm backend of tfjs 4.22 does not have. */
const missingInWasm = [
  'Conv2DBackpropFilter',
  'DepthwiseConv2dNativeBackpropFilter',
  'DepthwiseConv2dNativeBackpropInput',
  'Einsum',
  'UnsortedSegmentSum',
];

/** What it has but gets wrong: gradients are lost where the window of a max pooling is not square. */
const wrongInWasm = ['MaxPoolGrad'];

const mended = new WeakSet<KernelFunction>();

/** Gives a backend the kernels of gradients that tfjs 4.22 lacks or gets wrong there. May be called again. */
export function mendKernels(tf: TensorFlow, backend: string): void {
  if (backend === 'cpu') replace(tf, 'cpu', 'ResizeNearestNeighborGrad', nearestNeighbourGrad);
  if (backend !== 'wasm') return;
  for (const name of missingInWasm) if (tf.getKernel(name, 'wasm') === undefined) borrow(tf, name);
  for (const name of wrongInWasm) borrow(tf, name);
}

function replace(tf: TensorFlow, backendName: string, kernelName: string, kernelFunc: KernelFunction): void {
  const present = tf.getKernel(kernelName, backendName) as KernelConfig | undefined;
  if (present !== undefined) {
    if (mended.has(present.kernelFunc)) return;
    tf.unregisterKernel(kernelName, backendName);
  }
  mended.add(kernelFunc);
  tf.registerKernel({ kernelName, backendName, kernelFunc });
}

/** Lets wasm use a kernel of the cpu backend, with numbers carried over and back. */
function borrow(tf: TensorFlow, kernelName: string): void {
  replace(tf, 'wasm', kernelName, ({ inputs, attrs, backend }) => {
    const own = backend as Backend;
    const cpu = tf.findBackend('cpu') as unknown as CpuBackend;
    const carried = Object.fromEntries(
      Object.entries(inputs).map(([name, info]) => {
        const { dataId, shape, dtype } = info as TensorInfo;
        return [name, cpu.makeTensorInfo(shape, dtype, own.readSync(dataId))];
      }),
    );
    const { kernelFunc } = tf.getKernel(kernelName, 'cpu');
    const result = kernelFunc({ inputs: carried, backend: cpu, ...(attrs && { attrs }) }) as TensorInfo;
    const { shape, dtype } = result;
    const dataId = own.write(cpu.readSync(result.dataId).slice(), shape, dtype);
    for (const info of [...Object.values(carried), result]) cpu.disposeIntermediateTensorInfo(info);
    return { dataId, shape, dtype };
  });
}

/**
 * Every pixel of the smaller image gets what came back to its copies; the kernel of the cpu backend looks for them in the wrong
 * places.
 *
 * Shapes: images [B, height, width, channels], dy [B, rows, columns, channels].
 */
const nearestNeighbourGrad: KernelFunction = ({ inputs, attrs, backend }) => {
  const cpu = backend as CpuBackend;
  const { images, dy } = inputs as unknown as { images: TensorInfo; dy: TensorInfo };
  const { alignCorners, halfPixelCenters } = attrs as unknown as { alignCorners: boolean; halfPixelCenters: boolean };
  const [batch, height, width, channels] = images.shape;
  const [, rows, columns] = dy.shape;
  const sourceOf = (i: number, small: number, large: number): number => {
    const ends = alignCorners && large > 1 ? 1 : 0;
    const at = ((small - ends) / (large - ends)) * (halfPixelCenters ? i + 0.5 : i);
    return Math.min(small - 1, alignCorners ? Math.round(at) : Math.floor(at));
  };
  const back = cpu.readSync(dy.dataId);
  const sums = new Float32Array(batch * height * width * channels);
  for (let b = 0, at = 0; b < batch; b++) {
    for (let row = 0; row < rows; row++) {
      const y = sourceOf(row, height, rows);
      for (let column = 0; column < columns; column++) {
        const to = ((b * height + y) * width + sourceOf(column, width, columns)) * channels;
        for (let c = 0; c < channels; c++, at++) sums[to + c] += back[at];
      }
    }
  }
  return cpu.makeTensorInfo(images.shape, 'float32', sums);
};
