/** Says how large what a page loads is: as it lies in dist/, and as a server sends it. */
import { readFileSync } from 'node:fs';

const { sizes } = JSON.parse(readFileSync('dist/manifest.json', 'utf8'));
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
for (const [name, { bytes, gzip }] of Object.entries(sizes)) console.log(`${name}: ${kB(bytes)}, ${kB(gzip)} with gzip`);
