import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'

// The service that `npm run dev` talks to; the mock of dev/mock.mjs listens on the same port.
const service = process.env.FARWATCH_SERVICE ?? 'http://127.0.0.1:8080'

// The policy that the service sends; `vite preview` serves the built console under it.
const policy = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

export default defineConfig({
  base: '/',
  plugins: [
    vue(),
    // Only Element Plus is resolved by name; our own components are imported, so that a reader can follow them.
    Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    target: 'es2022',
    outDir: process.env.FARWATCH_CONSOLE_OUT ?? 'dist',
    emptyOutDir: true,
    // Content security policy: no inline scripts, and the map's worker is a file of our own origin.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1300,
    rolldownOptions: {
      output: {
        // What changes with a release of its own is kept apart, so that ours do not make browsers fetch it again.
        codeSplitting: {
          groups: [
            { name: 'maplibre', test: /node_modules\/(maplibre-gl|@maplibre|@mapbox)\// },
            { name: 'vue', test: /node_modules\/(vue|@vue|vue-router|vue-i18n|@intlify|pinia)\// },
          ],
        },
        // Servers without a type for .mjs would send the worker as octets, and browsers refuse that.
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith('.mjs'))
            ? 'assets/[name]-[hash].js'
            : 'assets/[name]-[hash][extname]',
      },
    },
  },
  server: {
    proxy: { '/api': { target: service, ws: true } },
  },
  preview: {
    headers: { 'Content-Security-Policy': policy },
    proxy: { '/api': { target: service, ws: true } },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    // One browser environment for all files: making one costs more than all tests. Tests put back what they replace.
    isolate: false,
    maxWorkers: 1,
  },
})
