import adapter from '@sveltejs/adapter-node';
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

/** The one style attribute that we admit: SvelteKit hides with it the element that reads a new page's title aloud. */
const announcerStyle = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

export default defineConfig({
  plugins: [
    nativeTypeScript(),
    tailwindcss(),
    sveltekit({
      // What leaves this machine goes through a proxy, which compresses; to do it here takes as long as all the rest of the build.
      adapter: adapter({ out: 'build', precompress: false }),
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
