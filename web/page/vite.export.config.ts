import { defineConfig } from "vite";

/**
 * The page of an exported run: one script and one style, which the server writes into each file. It is committed, as the
 * page is.
 */
export default defineConfig({
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../src/main/resources/export",
    emptyOutDir: true,
    target: "es2023",
    sourcemap: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rollupOptions: {
      input: "src/export/main.tsx",
      output: { format: "iife", entryFileNames: "export.js", assetFileNames: "export.[ext]" },
    },
  },
});
