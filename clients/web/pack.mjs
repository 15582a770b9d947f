// Before npm packs or publishes: compiles the element, and only what it imports, into dist/ with its types.
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
rmSync(join(here, 'dist'), { recursive: true, force: true });
// To stderr: npm's own answer has stdout to itself.
const stdio = ['ignore', 2, 2];
execFileSync(process.execPath, [join(here, 'node_modules/typescript/bin/tsc'), '-p', join(here, 'tsconfig.package.json')], { stdio });
copyFileSync(join(here, '../../LICENSE'), join(here, 'LICENSE'));
