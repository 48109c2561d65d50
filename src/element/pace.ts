/** Gives the page a turn now and then while much is done at once. */

/** Work in one go, in milliseconds: a frame lasts 16. */
const TURN = 8;

export class Pace {
  #began = performance.now();

  /** To be awaited between two pieces of work. */
  async keep(): Promise<void> {
    if (performance.now() - this.#began < TURN) return;
    await nextTurn();
    this.#began = performance.now();
  }
}

function nextTurn(): Promise<void> {
  // Not a timer: those of a page in the background wait for a second.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
