import type { ComponentChildren } from "preact";
import "./Note.css";

/** What is said where nothing is: what it means, and what comes next. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="note">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** The place of what is being read: said only after 300 ms, by its style. */
export function Reading({ what = "the workspace" }: { what?: string }) {
  return (
    <div class="note reading" role="status">
      <h2>Reading {what}</h2>
      <div class="bone" />
      <div class="bone short" />
    </div>
  );
}
