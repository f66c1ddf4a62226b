/**
 * Makes something once for each object that it follows from (parameters, a map, a domain) and keeps it as long as that object lives.
 * The newest is at hand without a look-up, as a world asks for it at every step.
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
