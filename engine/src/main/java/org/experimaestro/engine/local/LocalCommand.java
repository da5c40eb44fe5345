package org.experimaestro.engine.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.experimaestro.base.file.NewFile;
import org.experimaestro.base.process.ClassPathText;
import org.experimaestro.base.process.SessionCommand;
import org.experimaestro.base.text.NameCharset;
import org.experimaestro.engine.job.JavaSearch;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.engine.job.JobOptions;
import org.experimaestro.engine.job.JvmOptions;
import org.experimaestro.engine.job.TimeLimit;
import org.experimaestro.engine.job.Utf8Locale;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.ShellText;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobCommand;
import org.experimaestro.workspace.WorkerCommand;

/**
 * The maker of the processes of this machine that run jobs: a process of one job, or a worker. Both get the same options,
 * environment and session. Thread-safe.
 */
final class LocalCommand {
    private static final String LOADER = "-Djava.system.class.loader=";

    private final JobCode code;
    private final StartCache cache;

    LocalCommand(JobCode code, StartCache cache) {
        this.code = code;
        this.cache = cache;
    }

    JobCode code() {
        return code;
    }

    /** Returns the builder of the process of an attempt, with empty logs. */
    ProcessBuilder ofJob(Attempt attempt, Placement placement) throws IOException {
        Path folder = attempt.job().path();
        ProcessBuilder builder = builder(placement, folder, attempt.standardOutput(), attempt.standardError());
        String limit = TimeLimit.script(placement, Integer.toString(attempt.number()), SessionCommand.makesSession());
        Map<String, String> environment = builder.environment();
        List<String> job = new ArrayList<>(List.of("-cp", text(code.classPath(), folder)));
        job.addAll(JobCommand.of(attempt));
        builder.command(SessionCommand.of(command(placement, limit, forJob(placement, environment), job, environment)));
        return builder;
    }

    /**
     * Returns the builder of a worker's process, with an empty log.
     *
     * @param placement the placement of its jobs
     * @param workspace the working folder
     * @param log the file of its output
     * @param main the main class and its arguments
     */
    ProcessBuilder ofWorker(Placement placement, Path workspace, Path log, List<String> main) throws IOException {
        ProcessBuilder builder = builder(placement, workspace, log, log);
        Map<String, String> environment = builder.environment();
        List<String> worker = new ArrayList<>(List.of("-cp", text(code.sharedClassPath(), workspace)));
        worker.addAll(main);
        builder.command(SessionCommand.of(command(placement, "", forWorker(environment), worker, environment)));
        return builder;
    }

    private List<String> forJob(Placement placement, Map<String, String> environment) throws IOException {
        return isNamed(placement) ? List.of() : cache.options(code.ownClassPath(), environment);
    }

    /**
     * Returns the options of a worker's JVM that follow from no requirement. The start cache works only with the loader of the
     * JDK (JEP 483), which is of less use: a worker starts once for many tasks.
     */
    private List<String> forWorker(Map<String, String> environment) throws IOException {
        if (JvmOptions.isSaid(environment, LocalCommand::needsLoaderOfJdk)) {
            return cache.options(code.ownClassPath(), environment);
        }
        List<String> options = new ArrayList<>(List.of(LOADER + WorkerCommand.LOADER));
        options.addAll(StartCache.quiet(environment));
        return options;
    }

    /** Returns whether an option sets a system class loader, or adds an agent, which the loader of the JDK has to find. */
    private static boolean needsLoaderOfJdk(String option) {
        return option.startsWith(LOADER) || option.startsWith("-javaagent");
    }

    private static ProcessBuilder builder(Placement placement, Path folder, Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder()
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log(out))
                .redirectError(out.equals(err) ? ProcessBuilder.Redirect.appendTo(err.toFile()) : log(err));
        JobEnvironment.removeOuterJob(builder.environment());
        builder.environment().putAll(variables(placement));
        return builder;
    }

    /** Returns the variables of a placement with their values. */
    static Map<String, String> variables(Placement placement) {
        Map<String, String> variables = new TreeMap<>(JobEnvironment.values(placement.environment()));
        variables.putAll(JobEnvironment.noRanks(placement.environment()));
        return variables;
    }

    /**
     * Returns the redirection to a log. The file is made here, so that a link in its place is not followed. Text that
     * is in the file already is kept.
     */
    private static ProcessBuilder.Redirect log(Path file) throws IOException {
        NewFile.open(file).close();
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    private static String text(List<Path> jars, Path folder) {
        return ClassPathText.of(jars.stream().map(Path::toString).toList(), folder.toString());
    }

    /** Returns whether a placement has options for which the command line begins with a shell, or another JDK. */
    static boolean isSpecial(Placement placement) {
        return isNamed(placement) || JobOptions.needShell(placement);
    }

    private static boolean isNamed(Placement placement) {
        return placement.jdk().isPresent() || placement.launcher().java().isPresent();
    }

    private static List<String> command(
            Placement placement,
            String limit,
            List<String> options,
            List<String> main,
            Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        if (placement.launcher().niceness() != 0) {
            command.addAll(
                    List.of("nice", "-n", Integer.toString(placement.launcher().niceness())));
        }
        boolean named = isNamed(placement);
        List<String> java = new ArrayList<>();
        if (!named) {
            java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        }
        java.addAll(options);
        java.addAll(JvmOptions.of(placement, environment));
        boolean hasLocale = NameCharset.isUtf8() && !JobEnvironment.hasLocale(placement.environment());
        // A shell is another process to start; the usual job needs none.
        if (hasLocale && !named && limit.isEmpty() && !JobOptions.needShell(placement)) {
            command.addAll(java);
            command.addAll(main);
        } else {
            String script = (hasLocale ? "" : Utf8Locale.SCRIPT)
                    + limit
                    + JobOptions.before(placement)
                    + (named ? JavaSearch.script(placement) : "")
                    + "exec " + JobOptions.words(JobOption.WRAPPER, placement)
                    + (named ? "\"$xpm_java\" " : "")
                    + words(java) + " "
                    + JobOptions.words(JobOption.JVM, placement)
                    + "\"$@\"";
            command.addAll(List.of("sh", "-c", script, "sh"));
            command.addAll(main);
        }
        return command;
    }

    private static String words(List<String> words) {
        return words.stream().map(ShellText::quote).collect(Collectors.joining(" "));
    }
}
