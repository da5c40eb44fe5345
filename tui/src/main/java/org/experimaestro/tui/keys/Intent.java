package org.experimaestro.tui.keys;

/** The meanings of keys. */
public enum Intent {
    /** The overview of the run. */
    GO_RUN,
    /** The jobs of the run. */
    GO_JOBS,
    /** The table of the run. */
    GO_TABLE,
    /** The experiments and runs. */
    GO_RUNS,
    /** The name of a place is asked for. */
    GO_TO,
    /** Back to where one came from. */
    BACK,
    /** One line down. */
    DOWN,
    /** One line up. */
    UP,
    /** One screen down. */
    PAGE_DOWN,
    /** One screen up. */
    PAGE_UP,
    /** The first line. */
    FIRST,
    /** The last line. */
    LAST,
    /** To the left, or fold. */
    LEFT,
    /** To the right, or unfold. */
    RIGHT,
    /** Fold or unfold. */
    FOLD,
    /** The thing at the cursor is opened. */
    OPEN,
    /** The previous job of the list. */
    PREVIOUS,
    /** The next job of the list. */
    NEXT,
    /** Select, or not. */
    SELECT,
    /** Select from the last selected one up to here. */
    SELECT_RANGE,
    /** Select all that match. */
    SELECT_ALL,
    /** Clear the selection, or stop. */
    CLEAR,
    /** The filter is edited; in a log, a search. */
    FILTER,
    /** Failed jobs only. */
    FAILED_ONLY,
    /** Only what has the values at the cursor. */
    KEEP_VALUE,
    /** All but what has the values at the cursor. */
    DROP_VALUE,
    /** The grouping is edited. */
    GROUP,
    /** The order is edited. */
    SORT,
    /** Compare the selected jobs. */
    COMPARE,
    /** Retry jobs. */
    RETRY,
    /** Kill jobs. */
    KILL,
    /** Clean jobs. */
    CLEAN,
    /** Pause a run, or resume it. */
    PAUSE_RUN,
    /** Change how many jobs of a run run at once. */
    JOBS_HERE,
    /** Copy an identifier or a command. */
    COPY,
    /** Undo the last action. */
    UNDO,
    /** Follow the log. */
    FOLLOW,
    /** The actions and services of a run. */
    BESIDE,
    /** The first error of the log. */
    FIRST_ERROR,
    /** The next match. */
    NEXT_MATCH,
    /** The previous match. */
    PREVIOUS_MATCH,
    /** Wrap lines, or not. */
    WRAP,
    /** The other stream of the log. */
    STREAM,
    /** The attempt before, or the last one. */
    ATTEMPT,
    /** Parameters and facts in place of the log. */
    DETAILS,
    /** The plain text of the screen, as a pipe would get it. */
    PLAIN,
    /** Pause, or go on. */
    PAUSE,
    /** Take clicks of the mouse, or not. */
    MOUSE,
    /** The keys. */
    HELP,
    /** Draw all again. */
    REDRAW,
    /** Stop the process until the shell continues it. */
    SUSPEND,
    /** Leave. */
    QUIT
}
