import { hundredBoards, tenBoards } from '../data/colored-trails-boards.ts';

/** Most chips that a player begins with. */
export const mostChips = 8;
export const seats = 3;
/** The player who answers proposals; the two before it propose. */
export const responder = 2;

/**
 * A board with what everybody begins with.
 *
 * Shapes: s rows and columns, c colours: cells [s²], the colour of each; chips [3, c]; places [4] of the players and, last, of the flag.
 */
export interface Board {
  readonly size: number;
  readonly colors: number;
  readonly cells: Int32Array;
  readonly chips: Int32Array;
  readonly places: Int32Array;
}

/** Which boards an episode may be played on. */
export type BoardChoice = 'ten' | 'hundred' | readonly string[];

const lineOfBoard = /^(\d+) (\d+) 3 ([A-Z]+) ([A-Z]+) ([A-Z]+) ([A-Z]+) (\d+) (\d+) (\d+) (\d+)$/;

/** The boards of a choice, in order. */
export function boardsOf(choice: BoardChoice): Board[] {
  if (choice === 'ten') return linesOf(tenBoards).map(readBoard);
  if (choice === 'hundred') return linesOf(hundredBoards).map(readBoard);
  return choice.map(readBoard);
}

/** What is wrong with a board, in words; undefined where it can be played on. */
export function boardProblem(line: string): string | undefined {
  const match = lineOfBoard.exec(line);
  if (match === null) {
    return 'a board such as "4 5 3 DEADCACCADBDBECC BCD BDDDD AAABCC 4 5 15 12": size, colours, 3, cells, chips of each player, places and flag';
  }
  const { size, colors, cells, places } = readBoard(line);
  const letters = match.slice(3, 7).join('');
  const last = String.fromCharCode(64 + colors);
  if (cells.length !== size * size) return `${size} x ${size} = ${size * size} cells, not ${cells.length}`;
  if (Array.from(letters).some((letter) => colorOf(letter) >= colors)) return `${colors} colours, A to ${last}`;
  if (places.some((place) => place >= size * size)) return `places on the board, 0..${size * size - 1}`;
  const chips = Math.max(...match.slice(4, 7).map((hand) => hand.length));
  if (chips > mostChips) return `at most ${mostChips} chips a player, not ${chips}`;
  return undefined;
}

/** Reads a line that `boardProblem` finds no fault with. */
export function readBoard(line: string): Board {
  const [size, colors, , cells, ...rest] = line.split(' ');
  const count = Number(colors);
  const chips = new Int32Array(seats * count);
  rest.slice(0, seats).forEach((hand, player) => {
    for (const letter of hand) chips[player * count + colorOf(letter)]++;
  });
  return {
    size: Number(size),
    colors: count,
    cells: Int32Array.from(cells, colorOf),
    chips,
    places: Int32Array.from(rest.slice(seats), Number),
  };
}

export function colorName(color: number): string {
  return String.fromCharCode(65 + color);
}

function colorOf(letter: string): number {
  return letter.charCodeAt(0) - 65;
}

function linesOf(text: string): string[] {
  return text.trim().split('\n');
}
