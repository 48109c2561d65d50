/** `:state(…)` of an element; where a browser has none, the element's attributes have to do. */

export class CustomStates {
  readonly #states?: CustomStateSet;

  constructor(internals: ElementInternals) {
    this.#states = internals.states;
  }

  toggle(name: string, on: boolean): void {
    try {
      if (on) this.#states?.add(name);
      else this.#states?.delete(name);
    } catch {
      // Early implementations take no name without two dashes in front, which `:state()` does not match.
    }
  }
}
