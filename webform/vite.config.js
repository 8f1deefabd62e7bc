import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const BUILT_BY = ['package-lock.json', 'package.json', 'vite.config.js'];
const SOURCES = ['SupportForm.jsx', 'embed.jsx', 'support-form.css', ...BUILT_BY];

function digests(folder, names) {
  const digest = (name) => createHash('sha256').update(readFileSync(join(folder, name))).digest('hex');
  return Object.fromEntries(names.toSorted().map((name) => [name, digest(name)]));
}

/** Puts the stylesheet beside the script, and says in manifest.json what was built from what. */
function manifest() {
  return {
    name: 'manifest',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'support-form.css', source: readFileSync('support-form.css') });
    },
    writeBundle({ dir }) {
      const files = readdirSync(dir).filter((name) => name !== 'manifest.json');
      const content = { sources: digests('.', SOURCES), files: digests(dir, files) };
      writeFileSync(join(dir, 'manifest.json'), `${JSON.stringify(content, null, 2)}\n`);
    },
  };
}

export default defineConfig(({ command }) => ({
  plugins: [manifest()],
  define: command === 'build' ? { 'process.env.NODE_ENV': '"production"' } : {},
  build: {
    lib: { entry: 'embed.jsx', formats: ['iife'], name: 'TechCorpSupportForm', fileName: () => 'support-form.js' },
    target: 'es2022',
    rolldownOptions: {
      output: { postBanner: () => `/*! Holds React.\n${readFileSync('node_modules/react/LICENSE', 'utf8')}*/` },
      // The directive is for servers that render; a script has no use for it.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
    copyPublicDir: false,
  },
  server: {
    // `npm run dev` shows the form with the service that ./dev up runs.
    proxy: { '/support/': process.env.FTE_PUBLIC_URL ?? 'http://localhost:8080' },
  },
  test: { environment: 'jsdom', include: ['tests/**/*.test.jsx'], restoreMocks: true, unstubGlobals: true },
}));
