/**
 * Makes something once for each object that it follows from (parameters, a domain, an episode) and keeps it as long as that object lives.
 * The newest is at hand without a look-up, as a world asks for it at every step, and one metric after the other.
 *
 * @example
 * const sum = onceFor((list) => list[0] + list[1]);
 * sum([1, 2]) // 3
 */
export function onceFor<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const kept = new WeakMap<K, { readonly made: T }>();
  let newestKey: K | undefined;
  let newest: T;
  return (key) => {
    if (newestKey === key) return newest;
    let held = kept.get(key);
    if (held === undefined) {
      held = { made: make(key) };
      kept.set(key, held);
    }
    newestKey = key;
    newest = held.made;
    return newest;
  };
}

/** As `onceFor`, but keeps only what it made last: for what several metrics ask of one episode after the other. */
export function forNewest<K extends object, T>(make: (key: K) => T): (key: K) => T {
  let newestKey: K | undefined;
  let newest: T;
  return (key) => {
    if (newestKey !== key) {
      newest = make(key);
      newestKey = key;
    }
    return newest;
  };
}
