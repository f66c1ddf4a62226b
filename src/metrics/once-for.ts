/**
 * Works something out once for each object that it follows from, and keeps it as long as that object lives. What is asked for again
 * and again, such as by one metric after the other, is at hand without a look-up.
 *
 * @example
 * const sum = onceFor((list: readonly number[]) => list.reduce((so, each) => so + each, 0));
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
