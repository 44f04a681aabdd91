import type * as Http from 'node:http';
import type * as Https from 'node:https';
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

/** Node's own, as a package is: importing it by name asks it for everything it has, and with that for an HTTP client and WebSockets (40 ms and 13 MB) nobody here uses. */
export const http = lazyPackage<typeof Http>('node:http');
export const https = lazyPackage<typeof Https>('node:https');
