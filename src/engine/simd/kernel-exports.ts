/**
 * What the WebAssembly module exports. Addresses and strides are in bytes, counts in numbers; what each does is said beside
 * its source in ../kernels.
 *
 * Errors in units of the last place, over all numbers, in both variants: exp 1, log 1, sigmoid 3 (below -87 it stays under
 * 1.7e-38), tanh 6, erf 9. Infinities give limits, NaN gives NaN, and so do logarithms of negative numbers.
 */
export interface Kernels {
  gemm(
    a: number,
    aRow: number,
    aK: number,
    b: number,
    panel: number,
    bK: number,
    c: number,
    cRow: number,
    start: number,
    startRow: number,
    startPanel: number,
    m: number,
    n: number,
    k: number,
  ): void;
  multiplyRow(x: number, packed: number, y: number, start: number, startPanel: number, n: number, k: number): void;
  packColumns(w: number, row: number, k: number, n: number, packed: number): void;
  packRows(w: number, row: number, k: number, n: number, packed: number): void;
  activate(
    x: number,
    xRow: number,
    y: number,
    yRow: number,
    rows: number,
    n: number,
    kind: number,
    slope: number,
  ): void;
  activateBack(
    g: number,
    gRow: number,
    y: number,
    yRow: number,
    out: number,
    outRow: number,
    rows: number,
    n: number,
    kind: number,
    slope: number,
    sums: number,
  ): void;
  softmax(x: number, xRow: number, y: number, yRow: number, rows: number, n: number): void;
  softmaxBack(
    g: number,
    gRow: number,
    y: number,
    yRow: number,
    out: number,
    outRow: number,
    rows: number,
    n: number,
  ): void;
  logSoftmax(x: number, xRow: number, y: number, yRow: number, rows: number, n: number): void;
  logSoftmaxBack(
    g: number,
    gRow: number,
    y: number,
    yRow: number,
    out: number,
    outRow: number,
    rows: number,
    n: number,
  ): void;
  combineRows(
    kind: number,
    a: number,
    aRow: number,
    b: number,
    bRow: number,
    to: number,
    toRow: number,
    rows: number,
    n: number,
  ): void;
  scaleRows(
    from: number,
    fromRow: number,
    to: number,
    toRow: number,
    rows: number,
    n: number,
    factor: number,
    adds: number,
  ): void;
  takeRows(
    x: number,
    xRow: number,
    y: number,
    yRow: number,
    rest: number,
    restRow: number,
    to: number,
    toRow: number,
    rows: number,
    n: number,
    adds: number,
  ): void;
  keepRows(
    from: number,
    fromRow: number,
    keep: number,
    keepRow: number,
    to: number,
    toRow: number,
    rows: number,
    n: number,
  ): void;
  layerNorm(
    x: number,
    xRow: number,
    y: number,
    yRow: number,
    normal: number,
    normalRow: number,
    inverse: number,
    rows: number,
    n: number,
    scale: number,
    shift: number,
    epsilon: number,
  ): void;
  layerNormBack(
    g: number,
    gRow: number,
    normal: number,
    normalRow: number,
    inverse: number,
    dx: number,
    dxRow: number,
    rows: number,
    n: number,
    scale: number,
    scaleSums: number,
    shiftSums: number,
    adds: number,
  ): void;
  lookUp(
    ids: number,
    idsRow: number,
    rows: number,
    count: number,
    table: number,
    size: number,
    n: number,
    to: number,
    toRow: number,
  ): number;
  lookUpBack(
    ids: number,
    idsRow: number,
    rows: number,
    count: number,
    g: number,
    gRow: number,
    n: number,
    table: number,
  ): void;
  unfold(
    x: number,
    xRow: number,
    rows: number,
    height: number,
    width: number,
    channels: number,
    cell: number,
    kernelHeight: number,
    kernelWidth: number,
    strideY: number,
    strideX: number,
    dilationY: number,
    dilationX: number,
    top: number,
    left: number,
    outHeight: number,
    outWidth: number,
    patches: number,
    patch: number,
  ): void;
  foldBack(
    x: number,
    xRow: number,
    rows: number,
    height: number,
    width: number,
    channels: number,
    cell: number,
    kernelHeight: number,
    kernelWidth: number,
    strideY: number,
    strideX: number,
    dilationY: number,
    dilationX: number,
    top: number,
    left: number,
    outHeight: number,
    outWidth: number,
    patches: number,
    patch: number,
  ): void;
  gruState(
    gates: number,
    gatesRow: number,
    p: number,
    pRow: number,
    h: number,
    hRow: number,
    rows: number,
    n: number,
  ): void;
  gruStateBack(
    dh: number,
    dhRow: number,
    gates: number,
    gatesRow: number,
    p: number,
    pRow: number,
    d: number,
    dRow: number,
    dp: number,
    dpRow: number,
    rows: number,
    n: number,
    kind: number,
    gateKind: number,
  ): void;
  gruResetBack(
    drp: number,
    drpRow: number,
    gates: number,
    gatesRow: number,
    p: number,
    pRow: number,
    d: number,
    dRow: number,
    dp: number,
    dpRow: number,
    rows: number,
    n: number,
    gateKind: number,
  ): void;
  lstmCell(
    gates: number,
    gatesRow: number,
    p: number,
    pRow: number,
    cell: number,
    cellRow: number,
    rows: number,
    n: number,
  ): void;
  lstmBack(
    dh: number,
    dhRow: number,
    dc: number,
    dcRow: number,
    gates: number,
    gatesRow: number,
    p: number,
    pRow: number,
    active: number,
    activeRow: number,
    d: number,
    dRow: number,
    rows: number,
    n: number,
    kind: number,
    gateKind: number,
  ): void;
  copyRows(from: number, fromRow: number, to: number, toRow: number, rows: number, n: number): void;
  addRows(from: number, fromRow: number, to: number, toRow: number, rows: number, n: number): void;
  regroup(
    from: number,
    fromRow: number,
    positions: number,
    width: number,
    fromStride: number,
    to: number,
    toRow: number,
    toWidth: number,
    toStride: number,
    rows: number,
    adds: number,
  ): void;
  fill(x: number, n: number, value: number): void;
  scale(x: number, n: number, factor: number): void;
  sumSquares(x: number, n: number): number;
  adam(
    x: number,
    g: number,
    m: number,
    v: number,
    n: number,
    rate: number,
    share1: number,
    beta2: number,
    share2: number,
    epsilon: number,
    coupled: number,
    kept: number,
  ): void;
  rmsprop(
    x: number,
    g: number,
    v: number,
    n: number,
    rate: number,
    decay: number,
    share: number,
    inside: number,
    outside: number,
  ): void;
  sgd(x: number, g: number, v: number, n: number, rate: number, momentum: number): void;
  expArray(x: number, y: number, n: number): void;
  logArray(x: number, y: number, n: number): void;
  erfArray(x: number, y: number, n: number): void;
  tanhArray(x: number, y: number, n: number): void;
  sigmoidArray(x: number, y: number, n: number): void;
  peak(n: number, out: number): void;
}
