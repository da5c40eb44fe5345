import { defineConfig } from "vite";
import { fixtures } from "./fixtures/plugin";

/** The built page is committed: the same sources must give the same bytes on each machine. */
export default defineConfig({
  base: "/",
  plugins: [fixtures()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../src/main/resources/page",
    emptyOutDir: true,
    target: "es2023",
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
});
