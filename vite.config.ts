import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import adapter from '@sveltejs/adapter-node';
import type { Adapter } from '@sveltejs/kit';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';

/** In the server bundle, engine and runtime stay native TypeScript: workers, command line and server run the same files. */
function nativeTypeScript(): Plugin {
  return {
    name: 'native-typescript',
    enforce: 'pre',
    apply: 'build',
    resolveId(id) {
      if (this.environment.name !== 'client' && /^#(engine|runtime)\//.test(id)) return { id, external: true };
      return null;
    },
  };
}

/**
 * The server for Node with scripts and styles compressed beside themselves, so that the editor's megabytes travel as a quarter.
 * Kit's own compression takes the best quality, and as long as all the rest of the build; this one is a tenth larger and takes under a second.
 */
function compressedAdapter(): Adapter {
  const node = adapter({ out: 'build', precompress: true });
  const quickBrotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  const compress = (directory: string): Promise<string[]> => {
    const files = globSync('**/*.{js,css,svg,json}', { cwd: directory });
    for (const file of files) {
      const path = join(directory, file);
      const content = readFileSync(path);
      writeFileSync(`${path}.gz`, gzipSync(content));
      writeFileSync(`${path}.br`, brotliCompressSync(content, quickBrotli));
    }
    return Promise.resolve(files);
  };
  return { ...node, adapt: (builder) => node.adapt({ ...builder, compress }) };
}

/** The one style attribute that we admit: SvelteKit hides with it the element that reads a new page's title aloud. */
const announcerStyle = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

export default defineConfig({
  plugins: [
    nativeTypeScript(),
    tailwindcss(),
    sveltekit({
      adapter: compressedAdapter(),
      files: { src: 'studio', assets: 'studio/static' },
      compilerOptions: { runes: true },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-hashes', announcerStyle],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  server: { port: 5173, strictPort: true },
});
