/**
 * Makes something once for each setting of a world's parameters and keeps it. What is made follows from the parameters alone,
 * or is room that is written anew at every use, so that nobody can tell whether it was kept.
 */
export function perParams<T>(make: (params: unknown) => T): (params: unknown) => T {
  const byValue = new Map<string, T>();
  const byObject = new WeakMap<object, T>();
  return (params) => {
    const known = byObject.get(params as object);
    if (known !== undefined) return known;
    const key = JSON.stringify(params);
    const made = byValue.get(key) ?? make(params);
    byValue.set(key, made);
    if (typeof params === 'object' && params !== null) byObject.set(params, made);
    return made;
  };
}
