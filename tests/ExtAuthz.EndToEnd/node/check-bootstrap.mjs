// node check-bootstrap.mjs FILE...: prints the faults of each bootstrap, and exits 1 when there is one.
import { readFileSync } from 'node:fs';
import { faults } from './bootstrap.mjs';
import { loadUpstream } from './upstream.mjs';

const registry = loadUpstream();
for (const file of process.argv.slice(2)) {
  const found = faults(registry, readFileSync(file, 'utf8'));
  console.log(`${file}: ${found.length} faults`);
  for (const fault of found) console.log(`  ${fault}`);
  if (found.length > 0) process.exitCode = 1;
}
