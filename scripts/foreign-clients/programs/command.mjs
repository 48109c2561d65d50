// Runs one command of a client program and prints its result as JSON. See ../scenario.ts for the commands.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Addresses, credentials and names. */
export const config = JSON.parse(process.env.FOREIGN_CLIENT);

/** Loads a package from the folder that it was installed into. */
export const load = createRequire(join(process.env.FOREIGN_MODULES, 'package.json'));

/** Splits a file into parts of the configured size. */
export async function readParts(path) {
  const content = await readFile(path);
  const parts = [];
  for (let start = 0; start < content.length; start += config.partSize) {
    parts.push(content.subarray(start, start + config.partSize));
  }
  return parts;
}

export { readFile, writeFile };

/**
 * Runs the command that the arguments name.
 * @param commands Functions by command. A missing one means that the client lacks the feature.
 * @param describeError Returns the type of an error as users of the client tell errors apart.
 */
export async function run(commands, describeError) {
  const [name, ...args] = process.argv.slice(2);
  if (!commands[name]) return print({ unsupported: true });
  try {
    print({ value: (await commands[name](...args)) ?? null });
  } catch (error) {
    print({ error: { type: describeError(error) ?? error.name, message: error.message } });
  }
}

function print(result) {
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
}
