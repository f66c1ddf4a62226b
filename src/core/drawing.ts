/** A colour by meaning or by value; a viewer maps meanings to its palette. `agent0`.. are the agents' own colours. */
export type Paint = `agent${number}` | 'ink' | 'muted' | 'accent' | 'good' | 'bad' | `#${string}`;

export type Shape =
  | {
      readonly kind: 'circle';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly fill?: Paint;
      readonly stroke?: Paint;
      readonly label?: string;
    }
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill?: Paint;
      readonly stroke?: Paint;
      readonly label?: string;
    }
  | {
      readonly kind: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly stroke?: Paint;
      readonly arrow?: boolean;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size?: number;
      readonly fill?: Paint;
      readonly anchor?: 'start' | 'middle' | 'end';
    };

/** A scene as data: shapes in world units, y downwards, drawn in order. Viewers turn it into pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  readonly caption?: string;
}
