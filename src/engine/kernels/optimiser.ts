// Steps of the optimisers of the book (src/math/optimiser.ts), in single precision.

/**
 * m += (1 - beta1) (g - m), v = beta2 v + (1 - beta2) g², x = kept x - rate m / (sqrt v + epsilon) with g the gradient plus
 * coupled x. The corrections for the first steps are in `rate` and `epsilon`.
 */
export function adam(
  x: usize,
  g: usize,
  m: usize,
  v: usize,
  n: i32,
  rate: f32,
  share1: f32,
  beta2: f32,
  share2: f32,
  epsilon: f32,
  coupled: f32,
  kept: f32,
): void {
  const rates = f32x4.splat(rate),
    shares1 = f32x4.splat(share1),
    betas2 = f32x4.splat(beta2);
  const shares2 = f32x4.splat(share2),
    epsilons = f32x4.splat(epsilon);
  const coupleds = f32x4.splat(coupled),
    kepts = f32x4.splat(kept);
  let j: usize = 0;
  const whole = <usize>(4 * (n & ~3)),
    bytes = <usize>(4 * n);
  for (; j < whole; j += 16) {
    const old = v128.load(x + j);
    const grad = f32x4.add(v128.load(g + j), f32x4.mul(coupleds, old));
    const first = v128.load(m + j);
    const nextFirst = f32x4.add(first, f32x4.mul(shares1, f32x4.sub(grad, first)));
    const kept2 = f32x4.mul(betas2, v128.load(v + j));
    const nextSecond = f32x4.add(kept2, f32x4.mul(f32x4.mul(shares2, grad), grad));
    v128.store(m + j, nextFirst);
    v128.store(v + j, nextSecond);
    const step = f32x4.div(f32x4.mul(rates, nextFirst), f32x4.add(f32x4.sqrt(nextSecond), epsilons));
    v128.store(x + j, f32x4.sub(f32x4.mul(kepts, old), step));
  }
  for (; j < bytes; j += 4) {
    const old = load<f32>(x + j);
    const grad = load<f32>(g + j) + coupled * old;
    const first = load<f32>(m + j);
    const nextFirst = first + share1 * (grad - first);
    const nextSecond = beta2 * load<f32>(v + j) + share2 * grad * grad;
    store<f32>(m + j, nextFirst);
    store<f32>(v + j, nextSecond);
    store<f32>(x + j, kept * old - (rate * nextFirst) / (Mathf.sqrt(nextSecond) + epsilon));
  }
}

/** v = decay v + (1 - decay) g², x -= rate g / (sqrt(v + inside) + outside). */
export function rmsprop(
  x: usize,
  g: usize,
  v: usize,
  n: i32,
  rate: f32,
  decay: f32,
  share: f32,
  inside: f32,
  outside: f32,
): void {
  const rates = f32x4.splat(rate),
    decays = f32x4.splat(decay),
    shares = f32x4.splat(share);
  const insides = f32x4.splat(inside),
    outsides = f32x4.splat(outside);
  let j: usize = 0;
  const whole = <usize>(4 * (n & ~3)),
    bytes = <usize>(4 * n);
  for (; j < whole; j += 16) {
    const grad = v128.load(g + j);
    const squares = f32x4.mul(f32x4.mul(shares, grad), grad);
    const next = f32x4.add(f32x4.mul(decays, v128.load(v + j)), squares);
    v128.store(v + j, next);
    const root = f32x4.add(f32x4.sqrt(f32x4.add(next, insides)), outsides);
    v128.store(x + j, f32x4.sub(v128.load(x + j), f32x4.div(f32x4.mul(rates, grad), root)));
  }
  for (; j < bytes; j += 4) {
    const grad = load<f32>(g + j);
    const next = decay * load<f32>(v + j) + share * grad * grad;
    store<f32>(v + j, next);
    store<f32>(x + j, load<f32>(x + j) - (rate * grad) / (Mathf.sqrt(next + inside) + outside));
  }
}

/** v = momentum v + g, x -= rate v; without a velocity (0) x -= rate g. */
export function sgd(x: usize, g: usize, v: usize, n: i32, rate: f32, momentum: f32): void {
  const rates = f32x4.splat(rate),
    momenta = f32x4.splat(momentum);
  let j: usize = 0;
  const whole = <usize>(4 * (n & ~3)),
    bytes = <usize>(4 * n);
  for (; j < whole; j += 16) {
    let step = v128.load(g + j);
    if (v !== 0) {
      step = f32x4.add(f32x4.mul(momenta, v128.load(v + j)), step);
      v128.store(v + j, step);
    }
    v128.store(x + j, f32x4.sub(v128.load(x + j), f32x4.mul(rates, step)));
  }
  for (; j < bytes; j += 4) {
    let step = load<f32>(g + j);
    if (v !== 0) {
      step = momentum * load<f32>(v + j) + step;
      store<f32>(v + j, step);
    }
    store<f32>(x + j, load<f32>(x + j) - rate * step);
  }
}
