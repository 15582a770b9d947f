// Compiles src/ to plain ES modules and puts the page into the server's wwwroot. The result is committed, so that the
// server builds on machines without node; built.json lets a test see that the result is that of these sources.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = join(here, '../../src/FADA.Realtime.Server/wwwroot');
rmSync(out, { recursive: true, force: true });
execFileSync(process.execPath, [join(here, 'node_modules/typescript/bin/tsc'), '-p', here], { stdio: 'inherit' });
cpSync(join(here, 'static'), out, { recursive: true });
// The one library of the page: a single module without imports, so a copy is all that it needs.
cpSync(join(here, 'node_modules/lean-qr/nano.mjs'), join(out, 'js/vendor/lean-qr.js'));
cpSync(join(here, 'node_modules/lean-qr/LICENSE'), join(out, 'js/vendor/lean-qr-license.txt'));

const hashes = (root, folder) =>
  Object.fromEntries(
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^\/+/, ''))
      .sort()
      .map((name) => [name, createHash('sha256').update(readFileSync(join(root, name))).digest('hex')]),
  );

const built = { sources: { ...hashes(here, 'src'), ...hashes(here, 'static') }, outputs: hashes(out, '.') };
writeFileSync(join(out, 'built.json'), JSON.stringify(built, null, 2) + '\n');
