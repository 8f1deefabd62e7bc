import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

const BUILT_BY = ['package-lock.json', 'package.json', 'vite.config.js'];
const SOURCES = ['SupportForm.jsx', 'embed.jsx', 'support-form.css', ...BUILT_BY];

// The script that a page embeds brings Preact, which is a tenth of React and keeps its promises here: the tests of the
// component run with both.
const PREACT = [
  ['react/jsx-runtime', 'preact/jsx-runtime'],
  ['react/jsx-dev-runtime', 'preact/jsx-dev-runtime'],
  ['react-dom/test-utils', 'preact/test-utils'],
  ['react-dom/client', 'preact/compat/client'],
  ['react-dom', 'preact/compat'],
  ['react', 'preact/compat'],
].map(([find, replacement]) => ({ find: new RegExp(`^${find}$`), replacement }));

// This build of it imports what the aliases stand for; the other one requires it, past them.
const TESTING = '@testing-library/react';
const ESM = { find: TESTING, replacement: `${TESTING}/dist/@testing-library/react.esm.js` };

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
      const sizes = files.toSorted().map((name) => {
        const content = readFileSync(join(dir, name));
        return [name, { bytes: content.length, gzip: gzipSync(content, { level: 9 }).length }];
      });
      const content = { sources: digests('.', SOURCES), files: digests(dir, files), sizes: Object.fromEntries(sizes) };
      writeFileSync(join(dir, 'manifest.json'), `${JSON.stringify(content, null, 2)}\n`);
    },
  };
}

export default defineConfig(({ command }) => ({
  plugins: [manifest()],
  resolve: { alias: command === 'build' ? PREACT : [] },
  define: command === 'build' ? { 'process.env.NODE_ENV': '"production"' } : {},
  build: {
    lib: { entry: 'embed.jsx', formats: ['iife'], name: 'TechCorpSupportForm', fileName: () => 'support-form.js' },
    target: 'es2022',
    // For older browsers light-dark() would be rewritten into one that no page can overrule with `color-scheme`.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      output: { postBanner: () => `/*! Holds Preact.\n${readFileSync('node_modules/preact/LICENSE', 'utf8')}*/` },
      // The directive is for servers that render; a script has no use for it.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
    copyPublicDir: false,
  },
  server: {
    // `npm run dev` shows the form with the service that ./dev up runs.
    proxy: { '/support/': process.env.FTE_PUBLIC_URL ?? 'http://localhost:8080' },
  },
  test: {
    environment: 'jsdom',
    include: ['tests/**/*.test.jsx'],
    restoreMocks: true,
    unstubGlobals: true,
    projects: [
      { extends: true, test: { name: 'react' } },
      {
        extends: true,
        resolve: { alias: [...PREACT, ESM] },
        test: {
          name: 'preact',
          exclude: ['tests/server.test.jsx'],
          server: { deps: { inline: [/@testing-library/] } },
        },
      },
    ],
  },
}));
