/**
 * Makes it when it is first asked for, and then keeps it. For packages that starting does not need: together they take as long to load as all the rest, and as
 * much memory. `lazy(() => createRequire(import.meta.url)('name') as typeof Name)` loads one without making its users wait for a promise.
 */
export function lazy<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
