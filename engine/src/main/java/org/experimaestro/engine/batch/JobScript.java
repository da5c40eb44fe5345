package org.experimaestro.engine.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.experimaestro.base.process.ClassPathText;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.engine.job.JavaSearch;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.engine.job.JobOptions;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.job.JvmOptions;
import org.experimaestro.engine.job.TimeLimit;
import org.experimaestro.engine.job.Utf8Locale;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.ShellText;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobCommand;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobScripts;

/**
 * The shell commands that run one job of a batch. They find the job's index in the variable {@code task}, and end with
 * the {@code exec} of its JVM, so that signals reach the JVM. Their own variables begin with {@code xpm_}, because the
 * variables of the job are set in between and may have any other name.
 */
final class JobScript {
    private static final String PASSED = "xpm_passed_";

    private JobScript() {}

    /**
     * Returns the commands.
     *
     * @param jobs the jobs of the batch, which differ only in their folders, attempts and needs
     * @param classPath the class path on the host
     * @param hostPath the function that returns the path of a job's folder on the host
     */
    static String of(List<Submission> jobs, List<String> classPath, Function<JobFolder, String> hostPath) {
        JobSpec first = jobs.getFirst().spec();
        StringBuilder script = new StringBuilder();
        script.append("case \"$task\" in\n");
        for (int i = 0; i < jobs.size(); i++) {
            Attempt attempt = jobs.get(i).attempt();
            String needs =
                    jobs.get(i).spec().needs().stream().map(JobFolder::name).collect(Collectors.joining(" "));
            script.append(i)
                    .append(") xpm_attempt=")
                    .append(attempt.number())
                    .append(" xpm_folder=")
                    .append(ShellText.quote(hostPath.apply(attempt.job())))
                    // It is set even if it is empty, because a batch system may pass on the environment of a plan that
                    // is itself a job.
                    .append(' ')
                    .append(JobVariables.NEEDS)
                    .append('=')
                    .append(ShellText.quote(needs))
                    .append(" ;;\n");
        }
        script.append("*) echo \"There is no job $task in this batch\" >&2; exit 1 ;;\nesac\n");
        script.append("export ").append(JobVariables.NEEDS).append('\n');
        script.append("cd \"$xpm_folder\" || exit 1\n");
        Map<String, String> environment = new LinkedHashMap<>(first.placement().environment());
        environment.putAll(JobEnvironment.noRanks(first.placement().environment()));
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (EnvironmentVariable.isPassed(variable.getValue())) {
                script.append(receive(variable.getKey()));
            } else {
                script.append(ShellText.exports(Map.of(variable.getKey(), variable.getValue())));
            }
        }
        script.append(Utf8Locale.SCRIPT);
        script.append(JobScripts.LOGS);
        script.append(TimeLimit.script(first.placement(), "$xpm_attempt", true));
        script.append(JobOptions.before(first.placement()));
        script.append(JavaSearch.script(first.placement()));
        script.append(JvmOptions.script(first.placement()));
        List<String> words = new ArrayList<>();
        words.add("-cp");
        // The folders of all jobs are equally deep, so a path relative to one is right for all.
        words.add(ClassPathText.of(
                classPath, hostPath.apply(jobs.getFirst().attempt().job())));
        words.add(JobCommand.MAIN);
        int niceness = first.placement().launcher().niceness();
        script.append("exec ")
                .append(niceness == 0 ? "" : "nice -n " + niceness + " ")
                .append(JobOptions.words(JobOption.WRAPPER, first.placement()))
                .append("\"$xpm_java\" $xpm_options ")
                .append(JobOptions.words(JobOption.JVM, first.placement()))
                .append(words.stream().map(ShellText::quote).collect(Collectors.joining(" ")))
                .append(" \"$xpm_attempt\" \"$xpm_folder\" </dev/null >>\"$xpm_output\" 2>>\"$xpm_error\"\n");
        return script.toString();
    }

    /**
     * Returns the variables that the script finds in its environment, besides those of its batch system. Their names
     * differ from those in the job, so that the submitting command neither uses one as its own nor removes it as a
     * rank.
     */
    static SortedMap<String, String> passed(Map<String, String> environment) {
        SortedMap<String, String> passed = new TreeMap<>();
        JobEnvironment.values(environment).forEach((name, value) -> {
            if (EnvironmentVariable.isPassed(environment.getOrDefault(name, ""))) {
                passed.put(PASSED + name, value);
            }
        });
        return passed;
    }

    private static String receive(String name) {
        String passed = PASSED + name;
        return "export " + name + "=\"${" + passed + "?the variable " + name
                + " was not handed on to this job}\"\nunset " + passed + "\n";
    }
}
