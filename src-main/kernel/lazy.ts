import { createRequire } from 'node:module';

/** Makes it when it is first asked for, and then keeps it. */
export function lazy<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

const nodeRequire = createRequire(import.meta.url);

/**
 * A package that starting does not need, loaded at its first use: together they take as long to load as all the rest, and as much memory.
 * Its users need not wait for a promise. `lazyPackage<typeof Name>('name')`, with `Name` imported as a type.
 */
export const lazyPackage = <T>(name: string): (() => T) => lazy(() => nodeRequire(name) as T);
