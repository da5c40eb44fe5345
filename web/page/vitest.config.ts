import { defineConfig, mergeConfig } from "vitest/config";
import page from "./vite.config.ts";

const MINUTE = 60_000;

/** No test asserts that something is fast: a limit only ends a test that hangs. */
export default mergeConfig(page, defineConfig({ test: { testTimeout: MINUTE, hookTimeout: MINUTE } }));
