/**
 * The five kitchens of Carroll et al. (2019): X counter, O onions, T tomatoes, D dishes, P pot, S serving place; 1 and 2 where the
 * players begin.
 *
 * Source: overcooked_ai 1.1.0, data/layouts.
 */
export const classicLayouts = {
  cramped_room: ['XXPXX', 'O  2O', 'X1  X', 'XDXSX'],
  asymmetric_advantages: ['XXXXXXXXX', 'O XSXOX S', 'X   P 1 X', 'X2  P   X', 'XXXDXDXXX'],
  coordination_ring: ['XXXPX', 'X 1 P', 'D2X X', 'O   X', 'XOSXX'],
  forced_coordination: ['XXXPX', 'O X1P', 'O2X X', 'D X X', 'XXXSX'],
  counter_circuit_o_1order: ['XXXPPXXX', 'X  2   X', 'D XXXX S', 'X  1   X', 'XXXOOXXX'],
} as const;

export type LayoutName = keyof typeof classicLayouts;

export const layoutNames = Object.keys(classicLayouts) as [LayoutName, ...LayoutName[]];
