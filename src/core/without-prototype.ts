/**
 * Returns a copy of an object's own properties, without a prototype. What a script has added to `Object.prototype` is then
 * not taken for a setting.
 */
export function withoutPrototype<T extends object>(object: T): T {
  return Object.assign(Object.create(null) as T, object);
}
