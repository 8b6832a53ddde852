import { defineConfig } from 'vite';

// The page's Content-Security-Policy allows no data: URL, so what GraphiQL's style sheet inlines would only be dead weight.
const withoutDataUrls = {
  name: 'without-data-urls',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/graphiql/dist/style.css')) return null;
    return code.replace(/@font-face\s*\{[^}]*\}/g, '').replace(/url\((["']?)data:[^)]*\1\)/g, 'none');
  },
};

export default defineConfig({
  // Absolute, so that the page works at /graphiql and /graphiql/ alike.
  base: '/graphiql/',
  plugins: [withoutDataUrls],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      // "use client" means nothing in a page that has only a client.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
  server: { proxy: { '/graphql': 'http://127.0.0.1:8080' } },
});
