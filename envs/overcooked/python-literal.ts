import { PolityError } from '#core';

export type Literal = null | boolean | number | string | readonly Literal[] | { readonly [key: string]: Literal };

/**
 * Reads a literal of Python's: dictionaries with text as keys, lists, tuples, text, numbers, True, False, None.
 *
 * Throws: PolityError (input) where it is none, with the line.
 *
 * @example
 * readPythonLiteral(`{'a': (1, None), "b": """x
 * y"""}`, 'here') // { a: [1, null], b: 'x\ny' }
 */
export function readPythonLiteral(text: string, where: string): Literal {
  const reader = new Reader(text, where);
  const value = reader.value();
  reader.end();
  return value;
}

const words: Readonly<Record<string, Literal>> = { None: null, True: true, False: false };

class Reader {
  readonly #text: string;
  readonly #where: string;
  #at = 0;

  constructor(text: string, where: string) {
    this.#text = text;
    this.#where = where;
  }

  value(): Literal {
    const sign = this.#peek();
    if (sign === '{') return this.#dictionary();
    if (sign === '[') return this.#list('[', ']');
    if (sign === '(') return this.#list('(', ')');
    if (sign === '"' || sign === "'") return this.#quoted();
    const [word = ''] = /^[\w.+-]+/.exec(this.#text.slice(this.#at)) ?? [];
    if (word in words) {
      this.#at += word.length;
      return words[word];
    }
    if (word === '' || Number.isNaN(Number(word))) throw this.#error('a value', word === '' ? sign : word);
    this.#at += word.length;
    return Number(word);
  }

  end(): void {
    const sign = this.#peek();
    if (sign !== '') throw this.#error('the end', sign);
  }

  #dictionary(): Literal {
    const pairs: [string, Literal][] = [];
    this.#take('{');
    while (this.#peek() !== '}') {
      const key = this.#quoted();
      this.#take(':');
      pairs.push([key, this.value()]);
      if (this.#peek() !== '}') this.#take(',');
    }
    this.#take('}');
    return Object.fromEntries(pairs);
  }

  #list(open: string, close: string): Literal {
    const values: Literal[] = [];
    this.#take(open);
    while (this.#peek() !== close) {
      values.push(this.value());
      if (this.#peek() !== close) this.#take(',');
    }
    this.#take(close);
    return values;
  }

  #quoted(): string {
    const mark = this.#peek();
    if (mark !== '"' && mark !== "'") throw this.#error('text in quotes', mark);
    const triple = mark.repeat(3);
    const quote = this.#text.startsWith(triple, this.#at) ? triple : mark;
    const from = this.#at + quote.length;
    const to = this.#text.indexOf(quote, from);
    if (to < 0) throw this.#error(`a closing ${quote}`, '');
    this.#at = to + quote.length;
    return this.#text.slice(from, to);
  }

  #take(sign: string): void {
    const next = this.#peek();
    if (next !== sign) throw this.#error(`"${sign}"`, next);
    this.#at++;
  }

  /** The next sign that is neither space nor comment; nothing at the end. */
  #peek(): string {
    const [skipped] = /^(?:\s|#[^\n]*)*/.exec(this.#text.slice(this.#at)) ?? [''];
    this.#at += skipped.length;
    return this.#text[this.#at] ?? '';
  }

  #error(expected: string, got: string): PolityError {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    return new PolityError({
      code: 'input',
      where: `${this.#where} › line ${line}`,
      message: 'cannot be read',
      got: got === '' ? 'the end' : `"${got}"`,
      expected,
    });
  }
}
