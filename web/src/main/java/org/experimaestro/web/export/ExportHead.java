package org.experimaestro.web.export;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.web.api.ReasonLine;
import org.experimaestro.web.api.RunLine;

/**
 * The description of an export and of its run.
 *
 * @param format the number of the format of the data
 * @param at the time of the copy
 * @param program the version of Experimaestro
 * @param workspace the folder of the workspace
 * @param host the name of the machine that wrote the file
 * @param run the run
 * @param plan the class and the file of its plan
 * @param filter the filter that chose the jobs; empty for all jobs
 * @param total the number of rows of the run
 * @param size the number of rows of the export
 * @param runNotes the notes on the run
 * @param runTags the tags of the run
 * @param failures the failed jobs by their reasons
 * @param waiting the jobs that wait or are not started, by their reasons
 * @param rows the tags that make the rows of the usual table
 * @param cols the tags that make its columns
 * @param metrics its metrics
 * @param over the tags that its means are over
 * @param tagChoices the tags in which the jobs differ
 * @param lowest the metrics of which lower values seem to be better
 * @param leftOut a sentence for each thing that the export leaves out
 */
record ExportHead(
        int format,
        Instant at,
        String program,
        String workspace,
        String host,
        RunLine run,
        Optional<String> plan,
        String filter,
        int total,
        int size,
        List<String> runNotes,
        Map<String, String> runTags,
        List<ReasonLine> failures,
        List<ReasonLine> waiting,
        List<String> rows,
        List<String> cols,
        List<String> metrics,
        List<String> over,
        List<String> tagChoices,
        List<String> lowest,
        List<String> leftOut) {
    /** The present format. A page reads no other one, and each file has the page that reads it. */
    static final int FORMAT = 1;
}
