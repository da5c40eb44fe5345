package org.experimaestro.launcher.pbs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.ShellText;

/** A maker of the scripts for qsub, and of those that call PBS's commands. */
final class PbsScript {
    private PbsScript() {}

    /**
     * Returns the batch script: directives, log, variables with PBS's data, and the body.
     *
     * @param passed variables for the body. They are in the script, which PBS hides from other users. Variables of
     *     qsub's option {@code -v} would be visible to all by {@code qstat -f} (qsub(1B), Variable_List).
     */
    static String of(Batch batch, String qstat, Map<String, String> passed) {
        for (String problem : problems(batch)) {
            throw new IllegalArgumentException(problem);
        }
        List<String> lines = new ArrayList<>();
        lines.add("#!/bin/sh");
        PbsDirectives.of(batch).forEach(directive -> lines.add("#PBS " + directive));
        // PBS does not report the kind of a job's end either; a command for that would be that of the plan's own job.
        lines.add(Batch.UNSET_RANKS + " " + Batch.STATE_COMMAND);
        lines.add(batch.size() > 1 ? "task=$PBS_ARRAY_INDEX" : "task=0");
        lines.add("exec >> " + ShellText.quote(batch.log()) + "-$task.log 2>&1 < /dev/null");
        lines.add("start=$(date +%s)");
        lines.add("export " + Batch.END_COMMAND + "=\"" + endCommand(qstat) + "\"");
        lines.add(ShellText.exports(passed) + batch.body());
        String text = String.join("\n", lines);
        return text.endsWith("\n") ? text : text + "\n";
    }

    /** Returns the problems that no directive can express. */
    static List<String> problems(Batch batch) {
        List<String> problems = new ArrayList<>();
        for (String directive : batch.placement().directives()) {
            if (directive.lines().count() > 1) {
                problems.add("A directive of PBS is one line, not "
                        + directive.lines().toList());
            }
        }
        return problems;
    }

    /**
     * Returns a command that prints the time of the job's end: its start and its current limit, which can be changed
     * while it runs. It prints nothing if there is no limit, and fails if PBS does not answer.
     */
    private static String endCommand(String qstat) {
        String command = "(job=$(" + qstat + " -f @job@) || exit; printf '%s\\n' \"$job\" | awk '"
                + "/^ *Resource_List.walltime = / { split($3, t, /:/); print t[1] * 3600 + t[2] * 60 + t[3] + @start@ }')";
        return command.replaceAll("[\\\\\"$`]", "\\\\$0")
                .replace("@job@", "'$PBS_JOBID'")
                .replace("@start@", "$start");
    }
}
