import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History, type Tally } from '../sim/history.js';

/** `PARLEY_SEED=17 PARLEY_HISTORIES=1` runs one again. */
const histories = Number(process.env['PARLEY_HISTORIES'] ?? 1_000);
const firstSeed = Number(process.env['PARLEY_SEED'] ?? Date.now() % 1_000_000_000);

test(`${histories} random histories from seed ${firstSeed}: nothing lost, nothing twice, order kept`, async () => {
  const sum: Partial<Tally> = {};
  for (let seed = firstSeed; seed < firstSeed + histories; seed++) {
    try {
      const tally = await new History(seed).run();
      for (const key of Object.keys(tally) as Array<keyof Tally>) sum[key] = (sum[key] ?? 0) + tally[key];
    } catch (error) {
      throw new Error(`seed ${seed} (again: PARLEY_SEED=${seed} PARLEY_HISTORIES=1)`, { cause: error });
    }
  }
  console.log(`histories from seed ${firstSeed}: ${JSON.stringify(sum)}`);
  if (histories >= 100) {
    for (const key of ['stored', 'refused', 'cuts', 'reloads', 'drains', 'kills', 'events'] as const)
      assert.ok(sum[key]! > 0, `no ${key}`);
  }
});
