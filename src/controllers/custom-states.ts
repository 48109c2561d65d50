/** The `:state(…)` pseudo-classes of an element. In browsers without them, pages can use the `status` attribute. */

export class CustomStates {
  readonly #states: CustomStateSet | undefined;

  constructor(internals: ElementInternals) {
    this.#states = internals.states;
  }

  toggle(name: string, on: boolean): void {
    try {
      if (on) this.#states?.add(name);
      else this.#states?.delete(name);
    } catch {
      // Early implementations accept only names that start with two dashes, which `:state()` doesn't match.
    }
  }
}
