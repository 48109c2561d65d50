/**
 * Returns a copy of an object's own properties, without a prototype. What a script has added to `Object.prototype` is then
 * not taken for a setting.
 */
export function withoutPrototype<T extends object>(object: T): T {
  return Object.assign(Object.create(null) as T, object);
}

/**
 * Returns a read-only view of the options that a page has passed. Unlike {@link withoutPrototype}, it has what they inherit
 * from their class or their defaults, such as accessors.
 */
export function withoutRootPrototype<T extends object>(options: T): T {
  return new Proxy(options, {
    get: (target, name): unknown => (isOfRoot(target, name) ? undefined : Reflect.get(target, name)),
  });
}

/** Whether an object has a property only from `Object.prototype`, of any realm. */
function isOfRoot(object: object, name: PropertyKey): boolean {
  let owner: object = object;
  while (!Object.hasOwn(owner, name)) {
    const prototype = Object.getPrototypeOf(owner) as object | null;
    if (prototype === null) return false;
    owner = prototype;
  }
  return owner !== object && Object.getPrototypeOf(owner) === null;
}
