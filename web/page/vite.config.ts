import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { fixtures } from "./fixtures/plugin.ts";

/** Lists the files of the page, for a server that answers for no others. */
function listOfFiles(): Plugin {
  return {
    name: "list-of-files",
    apply: "build",
    writeBundle(options, bundle) {
      const names = Object.keys(bundle).sort();
      writeFileSync(join(options.dir ?? "", "files.txt"), names.join("\n") + "\n");
    },
  };
}

/** The built page is committed: the same sources must give the same bytes on each machine. */
export default defineConfig({
  base: "/",
  plugins: [fixtures(), listOfFiles()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../src/main/resources/page",
    emptyOutDir: true,
    target: "es2023",
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    // Each file compresses by itself: few large ones are smaller than many small ones.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What the first screens need, with all that it imports; the views that are loaded later; uPlot, by itself.
            { name: "main", test: /\/src\/main\.tsx$/, priority: 2 },
            { name: "views", test: /\/page\/src\//, priority: 1 },
          ],
        },
      },
    },
  },
});
