import { type ErrorDetail, PolityError } from '#core';

/** An error as plain data: what structured clone keeps of an error has lost its class and its detail. */
export interface PackedError {
  readonly message: string;
  readonly stack?: string;
  readonly detail?: ErrorDetail;
}

export function packError(error: unknown): PackedError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return {
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(error instanceof PolityError ? { detail: error.detail } : {}),
  };
}

/** The error that was packed, with where, got, expected and remedy if it had them, and the stack of where it was thrown. */
export function unpackError({ message, stack, detail }: PackedError): Error {
  const error = detail === undefined ? new Error(message) : new PolityError(detail);
  if (stack !== undefined) error.stack = stack;
  return error;
}
