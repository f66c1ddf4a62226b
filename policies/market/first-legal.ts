/** Sets every part of an action to its first legal choice; parts that do not count have to be legal too. */
export function firstLegal(mask: Uint8Array, sizes: readonly number[], out: Float64Array): void {
  let offset = 0;
  for (let part = 0; part < sizes.length; part++) {
    let choice = 0;
    while (mask[offset + choice] === 0) choice++;
    out[part] = choice;
    offset += sizes[part];
  }
}
