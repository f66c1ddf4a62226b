export * from './rule-book.ts';
