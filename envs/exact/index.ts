export { chanceMoves, type ExactRules, type ExactWorld, everybodyMoves, gameOver, isExact } from './rules.ts';
export { gameTree, type TreeNode } from './tree.ts';
export type { View } from './view.ts';
