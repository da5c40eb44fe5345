export type Severity = "error" | "warning" | "";

const LEVEL = /(?:^|[\s[(|])(?:ERROR|FATAL|SEVERE|CRITICAL|PANIC)(?:$|[\s\])|:])/;
const WARNING = /(?:^|[\s[(|])(?:WARN|WARNING)(?:$|[\s\])|:])/;
const THROWN =
  /^(?:\[?\d[\d:.,TZ+/ -]{4,34}\]? )?(?:Exception in thread |Caused by: |Traceback \(most recent call last\)|(?:[\w$]+\.)*[\w$]*(?:Exception|Error)(?::|$)|The task failed:)/;
const FRAME = /^\s+(?:at |\.\.\. \d+ more|File "|Suppressed: )/;

/**
 * Finds the lines that may be an error, as a regular expression of the server: words alone, because a log of a gigabyte
 * is read for it. `severities` decides.
 */
export const ERROR_CANDIDATES = "ERROR|FATAL|SEVERE|CRITICAL|PANIC|Exception|Error:|Error$|Traceback|The task failed:";

/**
 * Returns what each line of a page is. Lines of a stack trace belong to the error before them, and the indented lines
 * of a Python traceback do too.
 */
export function severities(texts: readonly string[]): Severity[] {
  let inTrace = false;
  return texts.map((text) => {
    const beginning = text.slice(0, 400); // a level stands at the beginning of a line
    if (THROWN.test(beginning)) {
      inTrace = true;
      return "error";
    }
    if (LEVEL.test(beginning)) {
      inTrace = false;
      return "error";
    }
    if (FRAME.test(beginning) || (inTrace && /^\s+\S/.test(beginning))) {
      inTrace = true;
      return "error";
    }
    inTrace = false;
    return WARNING.test(beginning) ? "warning" : "";
  });
}
