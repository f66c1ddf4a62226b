import type { TensorFlow, TensorInfo } from './tensorflow.ts';

type Values = Float32Array | Int32Array | Uint8Array;

interface Backend {
  write(values: Values, shape: number[], dtype: string): TensorInfo['dataId'];
  readSync(dataId: TensorInfo['dataId']): Values;
}

interface CpuBackend extends Backend {
  makeTensorInfo(shape: number[], dtype: string, values: Values): TensorInfo;
  disposeIntermediateTensorInfo(info: TensorInfo): void;
}

/** What gradients of convolutions and embeddings need and the wasm backend of tfjs 4.22 does not have. */
const missing: readonly string[] = [
  'Conv2DBackpropFilter',
  'DepthwiseConv2dNativeBackpropFilter',
  'DepthwiseConv2dNativeBackpropInput',
  'Einsum',
  'UnsortedSegmentSum',
];

/** What it has but gets wrong: gradients are lost where the window of a max pooling is not square. */
const wrong: readonly string[] = ['MaxPoolGrad'];

const borrowed = new WeakSet<object>();

/** Lets the wasm backend use kernels of the cpu backend that it lacks, with numbers carried over and back. */
export function borrowKernels(tf: TensorFlow): void {
  const backendName = 'wasm';
  for (const kernelName of [...missing, ...wrong]) {
    const present = tf.getKernel(kernelName, backendName) as object | undefined;
    if (present !== undefined) {
      if (borrowed.has(present) || !wrong.includes(kernelName)) continue;
      tf.unregisterKernel(kernelName, backendName);
    }
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const own = backend as Backend;
        const cpu = tf.findBackend('cpu') as unknown as CpuBackend;
        const carried = Object.fromEntries(
          Object.entries(inputs).map(([name, info]) => {
            const { dataId, shape, dtype } = info as TensorInfo;
            return [name, cpu.makeTensorInfo(shape, dtype, own.readSync(dataId))];
          }),
        );
        const kernel = tf.getKernel(kernelName, 'cpu');
        const result = kernel.kernelFunc({ inputs: carried, backend: cpu, ...(attrs && { attrs }) }) as TensorInfo;
        const { shape, dtype } = result;
        const dataId = own.write(cpu.readSync(result.dataId).slice(), shape, dtype);
        for (const info of [...Object.values(carried), result]) cpu.disposeIntermediateTensorInfo(info);
        return { dataId, shape, dtype };
      },
    });
    borrowed.add(tf.getKernel(kernelName, backendName));
  }
}
