package org.experimaestro.launcher.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.ShellText;

/** A maker of the batch script: directives, variables with Slurm's data, and the body. */
final class SlurmScript {
    /**
     * The length of a piece of the body, in characters of up to three bytes each. The body is passed to the ranks in
     * variables, because others can see the command line of srun. Linux accepts no single variable of 128 KiB or more
     * (execve(2)).
     */
    private static final int PIECE = 40_000;

    /**
     * The pattern of an option with which sbatch passes only some variables of its environment, or none (sbatch(1),
     * --export).
     */
    private static final Pattern EXPORT_OTHERS = Pattern.compile("--export[= ]\\s*(?!ALL\\b)");

    /** The reasons why a job was ended, while its state is COMPLETING. */
    private static final SortedMap<String, End> REASONS = new TreeMap<>(Map.of(
            "TimeLimit", End.TIME_LIMIT,
            "DeadLine", End.TIME_LIMIT,
            "OutOfMemory", End.MEMORY_LIMIT,
            "NodeDown", End.NODE_FAILURE));

    private SlurmScript() {}

    /** Returns the text for sbatch. */
    static String of(Batch batch, SlurmCommands commands) {
        for (String problem : problems(batch)) {
            throw new IllegalArgumentException(problem);
        }
        List<String> lines = new ArrayList<>();
        lines.add("#!/bin/sh");
        SlurmDirectives.of(batch).forEach(directive -> lines.add("#SBATCH " + directive));
        lines.add(Batch.UNSET_RANKS);
        // A job that submits a job passes the variables of an array on, and only an array has a task.
        lines.add(batch.size() > 1 ? "task=$SLURM_ARRAY_TASK_ID" : "task=0");
        // The last task of an array to start has the array's own number, so that number does not identify one job.
        lines.add(batch.size() > 1 ? "job=${SLURM_ARRAY_JOB_ID}_$task" : "job=$SLURM_JOB_ID");
        lines.add("export " + Batch.RESTARTS + "=\"${SLURM_RESTART_COUNT:-0}\"");
        lines.add("export " + Batch.END_COMMAND + "=\"" + endCommand(commands) + "\"");
        lines.add("export " + Batch.STATE_COMMAND + "=\"" + stateCommand(commands) + "\"");
        lines.add(isRanked(batch) ? ranked(batch.body(), commands) : batch.body());
        String text = String.join("\n", lines);
        return text.endsWith("\n") ? text : text + "\n";
    }

    /** Returns the problems that no directive can express. */
    static List<String> problems(Batch batch) {
        List<String> problems = new ArrayList<>();
        for (String directive : batch.placement().directives()) {
            if (directive.lines().count() > 1) {
                problems.add("A directive of Slurm is one line, not "
                        + directive.lines().toList());
            }
            if (!batch.passed().isEmpty()
                    && EXPORT_OTHERS.matcher(DirectiveOptions.text(directive)).lookingAt()) {
                problems.add(
                        "The directive " + directive + " keeps variables from the jobs that are to be passed to them;"
                                + " write --export=ALL, or leave it out");
            }
        }
        if (batch.log().indexOf('\\') >= 0) {
            // A backslash switches the patterns off, and is dropped: sbatch(1), "filename pattern".
            problems.add("Slurm cannot write to a path with a backslash: " + batch.log());
        }
        if (batch.log().chars().anyMatch(Character::isISOControl)) {
            problems.add("Slurm cannot write to a path with control characters: " + batch.log());
        }
        return problems;
    }

    /**
     * Returns a command that prints the time of the job's end. It prints nothing if there is no limit, and fails if
     * Slurm does not answer. Slurm is queried each time, because the limit of a running job can be changed.
     */
    private static String endCommand(SlurmCommands commands) {
        return inDoubleQuotes("(" + SlurmCommands.aboutJobs("squeue") + "; end=$(SLURM_TIME_FORMAT=%s "
                        + commands.command("squeue") + " -a -h -o %e -j ")
                + "$job"
                + inDoubleQuotes(") || exit; case $end in ''|*[!0-9]*) ;; *) echo \"$end\" ;; esac)");
    }

    /**
     * Returns a command that prints the kind of the job's end. It prints nothing if the job has not ended, or Slurm
     * does not report it yet.
     *
     * <p>While processes of an ended job still exist, its state is COMPLETING. Then the kind of end is in the reason,
     * or in the time of the preemption, which is also present during the grace time. A cancelled job has no such sign
     * until its processes are gone.
     */
    private static String stateCommand(SlurmCommands commands) {
        StringBuilder cases = new StringBuilder();
        for (Map.Entry<End, Set<SlurmStates>> each : SlurmStates.byEnd().entrySet()) {
            List<String> patterns = new ArrayList<>();
            each.getValue().forEach(state -> patterns.add(state + ",*"));
            REASONS.forEach((reason, end) -> {
                if (end == each.getKey()) {
                    patterns.add("COMPLETING,*," + reason);
                }
            });
            if (each.getKey() == End.PREEMPTED) {
                patterns.addAll(List.of("COMPLETING,[0-9]*", "RUNNING,[0-9]*"));
            }
            cases.append(' ').append(String.join("|", patterns));
            cases.append(") echo ").append(each.getKey()).append(" ;;");
        }
        return inDoubleQuotes("(" + SlurmCommands.aboutJobs("squeue") + "; state=$(SLURM_TIME_FORMAT=%s "
                        + commands.command("squeue") + " -a -h -t all -O State:20,PreemptTime:30,Reason:60 -j ")
                + "$job"
                + inDoubleQuotes(") || exit; set -f; set -- $state; case $1,$2,$3 in" + cases + " esac)");
    }

    private static String inDoubleQuotes(String text) {
        return text.replaceAll("[\\\\\"$`]", "\\\\$0");
    }

    private static boolean isRanked(Batch batch) {
        return batch.option(SlurmOption.SRUN.key()).map(Boolean::parseBoolean).orElse(false);
    }

    /** Returns the body on every rank. The batch script's own file is on the first node only. */
    private static String ranked(String body, SlurmCommands commands) {
        List<String> lines = new ArrayList<>(List.of("export task"));
        List<String> names = new ArrayList<>();
        for (int from = 0; from < body.length(); ) {
            int to = Math.min(body.length(), from + PIECE);
            if (to < body.length() && Character.isHighSurrogate(body.charAt(to - 1))) {
                to--;
            }
            String name = "EXPERIMAESTRO_BODY_" + names.size();
            lines.add("export " + name + "=" + ShellText.quote(body.substring(from, to)));
            names.add(name);
            from = to;
        }
        String joined = names.stream().map(name -> "$" + name).collect(Collectors.joining());
        lines.add("exec " + commands.command("srun") + " --kill-on-bad-exit=1 --export=ALL sh -c "
                + ShellText.quote("body=\"" + joined + "\"; unset " + String.join(" ", names) + "; eval \"$body\""));
        return String.join("\n", lines);
    }
}
