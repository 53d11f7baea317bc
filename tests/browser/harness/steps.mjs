/** Tests that follow each other: after one that fails, the rest cannot mean anything. */

import { test } from 'node:test';

/** A test of several steps: `body` gets `step(name, work)` besides the test itself. */
export function story(name, body) {
  test(name, async (t) => {
    await body(t, async (name, work) => {
      let failure;
      await t.test(name, async () => {
        try {
          await work();
        } catch (error) {
          failure = error;
          throw error;
        }
      });
      if (failure) throw new Error(`stopped after: ${name}`);
    });
  });
}
